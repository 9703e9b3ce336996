// One bundle for the three places in which the API runs: the local cloud and `fyrestream console` use the listener, Lambda the
// handler, which is made only there.
import { createLambdaHandler } from './lambda/create-lambda-handler.ts';

export { createApiListener } from './server/create-api-listener.ts';

/** Lambda streams the answers of a handler that its global object `awslambda` has made. */
export const handler = 'awslambda' in globalThis ? await createLambdaHandler() : undefined;
