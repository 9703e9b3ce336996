import type { Ledger, LedgerTable, ObjectStore, TaskLauncher } from '@fyrestream/cloud';
import type { TranscodeRequest } from '@fyrestream/events';
import type { createPoller } from '@fyrestream/poller';

export type LedgerDocumentClient = LedgerTable['documents'];
type Poller = ReturnType<typeof createPoller>;

/** Wrappers around what the handlers are given. A mutation removes one guard by such a wrapper. */
export interface ComponentOverrides {
  documents(original: LedgerDocumentClient): LedgerDocumentClient;
  launcher(original: TaskLauncher): TaskLauncher;
  poller(original: Poller): Poller;
  invokerLedger(original: Ledger): Ledger;
  workerLedger(original: Ledger): Ledger;
  workerStore(original: ObjectStore): ObjectStore;
  request(original: TranscodeRequest): TranscodeRequest;
  /** Whether the periodic sweep runs. */
  readonly sweeps: boolean;
}

const unchanged = <Value>(original: Value) => original;

export const noOverrides: ComponentOverrides = {
  documents: unchanged,
  launcher: unchanged,
  poller: unchanged,
  invokerLedger: unchanged,
  workerLedger: unchanged,
  workerStore: unchanged,
  request: unchanged,
  sweeps: true,
};
