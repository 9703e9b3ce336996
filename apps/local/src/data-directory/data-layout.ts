import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where each part of the local cloud keeps its state. All paths are absolute. */
export interface DataLayout {
  readonly root: string;
  readonly lockFile: string;
  /** Tells other processes where the running cloud listens. */
  readonly connectionFile: string;
  readonly credentialsFile: string;
  readonly secretsFile: string;
  /** Every call that the servers were asked for, once each. */
  readonly callsFile: string;
  readonly eventsFile: string;
  readonly objects: string;
  readonly queues: string;
  readonly tables: string;
  readonly asyncInvocations: string;
  readonly tasks: string;
  /** One directory per running task, gone with it, as Fargate's ephemeral storage is. */
  readonly scratch: string;
  readonly logs: string;
  readonly compileCache: string;
}

/** Names every place below `dataDirectory` and makes the directories. */
export function createDataLayout(dataDirectory: string): DataLayout {
  const root = resolve(dataDirectory);
  const directories = {
    objects: join(root, 's3'),
    queues: join(root, 'sqs'),
    tables: join(root, 'dynamodb'),
    asyncInvocations: join(root, 'lambda', 'async'),
    tasks: join(root, 'ecs', 'tasks'),
    scratch: join(root, 'ecs', 'scratch'),
    logs: join(root, 'logs'),
    compileCache: join(root, 'cache', 'compile'),
  };
  for (const directory of Object.values(directories)) mkdirSync(directory, { recursive: true });
  return {
    root,
    lockFile: join(root, 'lock.sqlite'),
    connectionFile: join(root, 'local.json'),
    credentialsFile: join(root, 'credentials.json'),
    secretsFile: join(root, 'secrets.json'),
    callsFile: join(root, 'calls.ndjson'),
    eventsFile: join(root, 'events.ndjson'),
    ...directories,
  };
}

/** Removes what a crash left half written by `writeJsonAtomically`. */
export function removeTemporaryFiles(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (name.endsWith('.tmp')) rmSync(join(directory, name), { force: true });
  }
}
