// One bundle for the three places in which the API runs: the local cloud and `fyrestream console` use the listener, Lambda the
// handler, which is made only there.
import { createLambdaHandler } from './lambda/create-lambda-handler.ts';

export { createApiListener } from './server/create-api-listener.ts';

/** The global object of Lambda. The AWS SDK makes one of this name in every process, without this function. */
const { awslambda } = globalThis as { awslambda?: { streamifyResponse?: unknown } };

/** Lambda streams the answers of a handler that `streamifyResponse` has made. */
export const handler = awslambda?.streamifyResponse === undefined ? undefined : await createLambdaHandler();
