export { createNotifier, type SqsBatchResponse, type SqsEvent } from './handler.ts';
export type { NotifierDependencies } from './notifier-dependencies.ts';
