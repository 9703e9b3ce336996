export { type Clock, systemClock } from './clock.ts';
export type { Connection, ServiceName } from './connection.ts';
export {
  apiEnvironmentSchema,
  type InvokerEnvironment,
  invokerEnvironmentSchema,
  notifierEnvironmentSchema,
  pollerEnvironmentSchema,
  processEnvironment,
  readEnvironment,
  type WorkerEnvironment,
  workerEnvironmentSchema,
} from './environment.ts';
export { createEventPublisher, type EventPublisher } from './event-publisher.ts';
export { createFunctionCaller, type FunctionCaller } from './function-caller.ts';
export { headUpload } from './head-upload.ts';
export {
  createJobLogReader,
  type JobLogGroups,
  type JobLogLine,
  type JobLogPart,
  type JobLogReader,
  jobLogParts,
} from './job-log-reader.ts';
export { launchBlockOf } from './launch-block-of.ts';
export {
  createLedger,
  createLedgerWithTable,
  type Ledger,
  type LedgerSettings,
} from './ledger/create-ledger.ts';
export type { JobPhase } from './ledger/job-phase.ts';
export { type LedgerTable, ledgerTableDefinition } from './ledger/ledger-table.ts';
export type { LineRange, StoredLineEntry } from './ledger/line-items.ts';
export type { JobPage } from './ledger/list-jobs.ts';
export { type Claim, leaseSeconds, type UnitEnd, type UnitReport } from './ledger/unit-items.ts';
export { createLogger, type Logger } from './logger.ts';
export {
  createMessageQueue,
  type MessageQueue,
  type QueueDepth,
  type QueuedMessage,
} from './message-queue.ts';
export { createMessageSender, type MessageSender } from './message-sender.ts';
export {
  createMultipartUploads,
  type MultipartAddress,
  type MultipartUploads,
  type StoredPart,
} from './multipart-uploads.ts';
export type { ObjectAddress } from './object-address.ts';
export { createObjectCopier, type ObjectCopier } from './object-copier.ts';
export type { ObjectHeaders } from './object-headers.ts';
export { createObjectReader, type ObjectReader, type ReadObject } from './object-reader.ts';
export { createObjectSigner, type ObjectSigner } from './object-signer.ts';
export {
  createObjectStore,
  type ListedObject,
  type ObjectFacts,
  type ObjectStore,
  type Precondition,
} from './object-store.ts';
export { isObjectChanged } from './object-store-error.ts';
export { createPollerLogReader, type PollerLogReader } from './poller-log-reader.ts';
export { publishOwedEvents } from './publish-owed-events.ts';
export { removeCredentials } from './remove-credentials.ts';
export { removeStableFiles } from './remove-stable-files.ts';
export { retryOnConflict } from './retry-on-conflict.ts';
export { isServiceFault, toServiceFault } from './service-fault.ts';
export {
  createTaskLauncher,
  createTaskLauncherWithClient,
  type LaunchOutcome,
  type RunningTask,
  type TaskLauncher,
} from './task-launcher.ts';
export { createDeliveryQueue, type DeliveryQueue } from './webhooks/delivery-queue.ts';
export {
  createEndpointStates,
  type EndpointAddress,
  type EndpointState,
  type EndpointStates,
} from './webhooks/endpoint-states.ts';
export { createSecretReader, type SecretReader } from './webhooks/secret-reader.ts';
