import type {
  FailureLog,
  Ledger,
  MessageQueue,
  MessageSender,
  ObjectStore,
  TaskLauncher,
} from '@fyrestream/cloud';

/** One Fyrestream, local or deployed, as the operator's commands see it. */
export interface Stack {
  /** For a person: `the local cloud on /data`, `the stack dev`. */
  readonly name: string;
  readonly sourceBucket: string;
  readonly outputBucket: string;
  readonly ledger: Ledger;
  readonly store: ObjectStore;
  /** What Fyrestream tells itself. */
  readonly sender: MessageSender;
  readonly launcher: TaskLauncher;
  /** Why messages failed. */
  readonly failureLog: FailureLog;
  readonly queues: { readonly uploads: StackQueue; readonly control: StackQueue };
  /** Where a local cloud keeps its state; null for a deployed stack. */
  readonly dataDirectory: string | null;
  /** The same stack where it listens now, null while it is down: a local cloud comes back on another port. */
  readonly reopen: () => Promise<Stack | null>;
}

/** A queue and where SQS puts what failed too often. */
export interface StackQueue {
  readonly messages: MessageQueue;
  readonly deadLetters: MessageQueue;
}
