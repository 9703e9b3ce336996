import {
  createFunctionCaller,
  createLogger,
  pollerEnvironmentSchema,
  readEnvironment,
} from '@fyrestream/cloud';
import { createPoller } from './handler.ts';

const environment = readEnvironment(pollerEnvironmentSchema);

export const handler = createPoller({
  invoker: createFunctionCaller({}, environment.FYRESTREAM_INVOKER_FUNCTION),
  log: createLogger('fyrestream-sqs-poller', environment.FYRESTREAM_LOG_LEVEL),
});
