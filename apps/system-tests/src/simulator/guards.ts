import type { Ledger, LedgerTable, ObjectStore, TaskLauncher } from '@fyrestream/cloud';
import type { createPoller } from '@fyrestream/poller';

export type Documents = LedgerTable['documents'];
type Poller = ReturnType<typeof createPoller>;

/** What the handlers are given, each replaceable: a mutation removes one guard by wrapping what provides it. */
export interface Guards {
  documents(real: Documents): Documents;
  launcher(real: TaskLauncher): TaskLauncher;
  poller(real: Poller): Poller;
  invokerLedger(real: Ledger): Ledger;
  workerLedger(real: Ledger): Ledger;
  workerStore(real: ObjectStore): ObjectStore;
  readonly sweeps: boolean;
}

const asItIs = <Value>(real: Value) => real;

export const everyGuard: Guards = {
  documents: asItIs,
  launcher: asItIs,
  poller: asItIs,
  invokerLedger: asItIs,
  workerLedger: asItIs,
  workerStore: asItIs,
  sweeps: true,
};
