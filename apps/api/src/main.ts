// One bundle for the three places in which the API runs: the local cloud and `fyrestream console` use the listener, Lambda the
// handler, which is made only there.
import { processEnvironment } from '@fyrestream/cloud';
import { createLambdaHandler } from './lambda/create-lambda-handler.ts';

export { createApiListener } from './server/create-api-listener.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const isLambda = processEnvironment.AWS_LAMBDA_RUNTIME_API !== undefined;

export const handler = isLambda ? await createLambdaHandler() : undefined;
