import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The paths of all state of the local cloud. All are absolute. */
export interface DataLayout {
  readonly root: string;
  readonly lockFile: string;
  /** Contains the addresses of the running cloud, for other processes. */
  readonly connectionFile: string;
  readonly portsFile: string;
  readonly credentialsFile: string;
  /** Contains the address of the API and its token, while the cloud runs. */
  readonly apiFile: string;
  readonly secretsFile: string;
  /** Contains each distinct call that the servers received, once. */
  readonly callsFile: string;
  readonly eventsFile: string;
  readonly objects: string;
  readonly queues: string;
  readonly tables: string;
  readonly asyncInvocations: string;
  readonly tasks: string;
  /** One directory per running task, removed with it, like the ephemeral storage of Fargate. */
  readonly scratch: string;
  readonly logs: string;
  readonly compileCache: string;
}

/** Creates all directories below `dataDirectory`. */
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
    portsFile: join(root, 'ports.json'),
    credentialsFile: join(root, 'credentials.json'),
    apiFile: join(root, 'api.json'),
    secretsFile: join(root, 'secrets.json'),
    callsFile: join(root, 'calls.ndjson'),
    eventsFile: join(root, 'events.ndjson'),
    ...directories,
  };
}

/** Removes the incomplete files that a crash of `writeJsonAtomically` leaves. */
export function removeTemporaryFiles(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (name.endsWith('.tmp')) rmSync(join(directory, name), { force: true });
  }
}
