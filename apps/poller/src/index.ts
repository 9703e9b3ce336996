export { createPoller, type PollerDependencies, type SqsBatchResponse, type SqsEvent } from './handler.ts';
