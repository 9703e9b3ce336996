export {
  createPoller,
  invokeConcurrency,
  type PollerDependencies,
  type SqsBatchResponse,
  type SqsEvent,
} from './handler.ts';
