import { apiEnvironmentSchema, createLogger, processEnvironment, readEnvironment } from '@fyrestream/cloud';
import { streamHandle } from 'hono/aws-lambda';
import { connectApi } from '../connect-api.ts';
import { createApi } from '../create-api.ts';
import { deliveredUrls, signedUrls } from '../videos/published-urls.ts';

/** Shorter than the time limit of the function. */
const maxStreamSeconds = 50;

/**
 * The handler of the function behind the function URL, which streams its answers and lets only signed requests in.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 * @throws FyrestreamError `bad-environment`
 */
export async function createLambdaHandler(environment: NodeJS.ProcessEnv = processEnvironment) {
  const variables = readEnvironment(apiEnvironmentSchema, environment);
  const log = createLogger('fyrestream-api', variables.FYRESTREAM_LOG_LEVEL);
  const region = variables.FYRESTREAM_REGION;
  const { stack, ...settings } = await connectApi({
    connection: {},
    environment,
    name: `the stack ${variables.FYRESTREAM_STACK}`,
    access: { region, local: null },
    dataDirectory: null,
  });
  const deliveryUrl = variables.FYRESTREAM_DELIVERY_URL;
  const api = createApi({
    stack,
    ...settings,
    published: deliveryUrl === '' ? signedUrls(stack) : deliveredUrls(deliveryUrl),
    logFailure: (error) => log.error({ error }, 'request-failed'),
    maxStreamSeconds,
    // Lambda ends its processes without notice.
    signal: new AbortController().signal,
  });
  return streamHandle(api);
}
