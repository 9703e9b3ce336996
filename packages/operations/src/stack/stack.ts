import type {
  EndpointStates,
  JobLogReader,
  Ledger,
  MessageQueue,
  MessageSender,
  MultipartUploads,
  ObjectCopier,
  ObjectReader,
  ObjectSigner,
  ObjectStore,
  PollerLogReader,
  TaskLauncher,
} from '@fyrestream/cloud';
import type { StackProfiles, Webhooks } from '@fyrestream/events';
import type { TaskPlatform } from '@fyrestream/media';

/** A local or deployed stack, as the commands use it. */
export interface Stack {
  /** For a person: `the local cloud on /data`, `the stack dev`. */
  readonly name: string;
  /** Names of the profiles by which it makes uploads; null for a stack of a release that does not tell them. */
  readonly profiles: readonly string[] | null;
  /** How it makes uploads, and where: what a remake costs depends on it. Null for a stack of a release that does not tell it. */
  readonly making: StackMaking | null;
  readonly sourceBucket: string;
  readonly outputBucket: string;
  readonly ledger: Ledger;
  readonly store: ObjectStore;
  /** Copies objects of any size, also from other buckets. */
  readonly copier: ObjectCopier;
  /** Uploads whose parts others send. */
  readonly uploads: MultipartUploads;
  readonly signer: ObjectSigner;
  readonly reader: ObjectReader;
  /** How other S3 tools reach the stack. */
  readonly access: StorageAccess;
  /** Sends messages to the control queue. */
  readonly sender: MessageSender;
  readonly launcher: TaskLauncher;
  /** The reasons of failed messages, from the log of the poller. */
  readonly failureLog: PollerLogReader;
  /** What all parts logged about a job; null for a deployed stack of an earlier release, which does not name its log groups. */
  readonly jobLog: JobLogReader | null;
  readonly queues: { readonly uploads: StackQueue; readonly control: StackQueue };
  /** Null where the settings name no endpoint. */
  readonly webhooks: StackWebhooks | null;
  /** Directory with the state of a local cloud; null for a deployed stack. */
  readonly dataDirectory: string | null;
  /** The same stack at its current address; null while it is down. A restarted local cloud may listen on another port. */
  readonly reopen: () => Promise<Stack | null>;
}

export interface StackMaking {
  readonly profiles: StackProfiles;
  readonly platform: TaskPlatform;
}

/** The region of the buckets; for a local cloud also its address and the access key of its operator. */
export interface StorageAccess {
  readonly region: string;
  readonly local: {
    readonly s3Url: string;
    readonly url: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  } | null;
}

/** The endpoints that get job events, with what they have not taken and why. */
export interface StackWebhooks {
  readonly endpoints: Webhooks;
  readonly states: EndpointStates;
  readonly queue: StackQueue;
  /** The reasons of failed messages, from the log of the notifier. */
  readonly failureLog: PollerLogReader;
}

/** A queue and its dead-letter queue. */
export interface StackQueue {
  readonly messages: MessageQueue;
  readonly deadLetters: MessageQueue;
}
