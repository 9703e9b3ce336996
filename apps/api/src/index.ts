export type { ApiListener, ApiListenerOptions } from './server/create-api-listener.ts';
