export { describeApi } from './create-api.ts';
export type { ApiListener, ApiListenerOptions } from './server/create-api-listener.ts';
