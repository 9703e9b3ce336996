import { findPackageJSON } from 'node:module';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { buildApp } from 'fauxqs';
import { LocalError } from '../local-error.ts';

/** The modules that `startFauxqs` combines. It is not used because it listens on all network interfaces. */
export interface FauxqsModules {
  readonly buildApp: typeof buildApp;
  readonly SqsStore: new () => SqsStore;
  readonly SnsStore: new () => object;
  readonly S3Store: new () => object;
  readonly PersistenceManager: new (directory: string) => PersistenceManager;
}

export interface SqsStore {
  /** Where empty, queue URLs contain the host of the request instead of a host that does not resolve. */
  host: string;
  persistence: PersistenceManager;
  readonly queues: Map<string, SqsQueue>;
  createQueue(name: string, url: string, arn: string, attributes: Record<string, string>): SqsQueue;
  allQueues(): Iterable<SqsQueue>;
  getQueueByName(name: string): SqsQueue | undefined;
}

export interface SqsQueue {
  readonly name: string;
  url: string;
  persistence: PersistenceManager;
  /** The visible messages. Messages whose delay or visibility timeout is over join them in `processTimers`. */
  readonly messages: readonly unknown[];
  readonly inflightMessages: ReadonlyMap<string, unknown>;
  processTimers(): void;
  dequeue(...given: readonly unknown[]): unknown;
  setAttributes(attributes: Record<string, string>): void;
  changeVisibility(receiptHandle: string, timeoutSeconds: number): void;
}

export interface PersistenceManager {
  readonly db: DatabaseSync;
  updateMessageReady: (messageId: string) => void;
  loadSqsAndSns(sqsStore: SqsStore, snsStore: object): void;
  transaction(run: () => void): void;
  close(): void;
}

const packageVersion = '2.4.1';

/**
 * Loads the modules of fauxqs by file, because its only public function that stores messages on disk also opens a network port.
 * @throws LocalError `fauxqs-unknown` where another version is installed, whose files may differ
 */
export async function loadFauxqsModules(): Promise<FauxqsModules> {
  const packagePath = findPackageJSON('fauxqs', import.meta.url);
  if (packagePath === undefined) throw unknownFauxqs('is not installed');
  const packageUrl = pathToFileURL(packagePath);
  const { default: description } = await import(packageUrl.href, { with: { type: 'json' } });
  if (description.version !== packageVersion) throw unknownFauxqs(`is ${description.version}`);
  const load = (path: string) => import(new URL(path, packageUrl).href);
  const [app, sqs, sns, s3, persistence] = await Promise.all([
    load('./dist/app.js'),
    load('./dist/sqs/sqsStore.js'),
    load('./dist/sns/snsStore.js'),
    load('./dist/s3/s3Store.js'),
    load('./dist/persistence.js'),
  ]);
  return { ...app, ...sqs, ...sns, ...s3, ...persistence };
}

function unknownFauxqs(problem: string): LocalError {
  return new LocalError({
    code: 'fauxqs-unknown',
    message: `fauxqs ${packageVersion} is required, but it ${problem}: install from the lockfile.`,
    retryable: false,
  });
}
