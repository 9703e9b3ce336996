// One bundle for the three places in which the API runs: the local cloud and `fyrestream console` use the listener.
export { createApiListener } from './server/create-api-listener.ts';
