import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalApi } from './api/start-local-api.ts';
import { accountId, region } from './arn.ts';
import { createServiceGateway } from './control-plane/create-control-plane.ts';
import { removeConnectionFile, writeConnectionFile } from './data-directory/connection-file.ts';
import { createDataLayout } from './data-directory/data-layout.ts';
import { lockDataDirectory } from './data-directory/lock-data-directory.ts';
import { readPorts, writePorts } from './data-directory/ports-file.ts';
import { writeJsonAtomically } from './data-directory/write-json-atomically.ts';
import { awsEnvironment } from './environment/aws-environment.ts';
import {
  invokerEnvironment,
  operatorEnvironment,
  pollerEnvironment,
} from './environment/fyrestream-environment.ts';
import { type MeasureFreeSpace, measureFreeSpace, requireFreeSpace } from './free-space.ts';
import { createAccessControl } from './iam/access-control.ts';
import { loadAccessKeys } from './iam/access-keys.ts';
import { createCallRecorder, type RecordedCall } from './iam/call-recorder.ts';
import { createGrants } from './iam/permissions.ts';
import { listenOn } from './listen-on.ts';
import type { LocalConnection } from './local-connection.ts';
import type { LocalContext } from './local-context.ts';
import { createFileLog, type LocalLog } from './local-log.ts';
import { createSecretsManagerService } from './secrets/create-secrets-manager-service.ts';
import { createShutdown } from './shutdown.ts';
import { queueUrl } from './sqs/open-queues.ts';
import { startCompute } from './start-compute.ts';
import { startStorage } from './start-storage.ts';
import { localTopology, type Topology, webhookSecretPrefix } from './topology.ts';

export interface LocalCloudOptions {
  /** The directory for all state of the cloud; created where it is missing. */
  readonly dataDirectory: string;
  /** The port of the control plane; S3 uses the next one, the API the one after. Without it they use the ports of the last start if they are free. */
  readonly port?: number;
  /** By default a file in the data directory. */
  readonly log?: LocalLog;
  readonly topology?: Topology;
  /** By default that of the file system. With too little, the services refuse to store anything. */
  readonly freeSpace?: MeasureFreeSpace;
  /** Gets every call that the servers receive, also those that are refused. */
  readonly onCall?: (call: RecordedCall) => void;
}

export interface LocalCloud {
  readonly url: string;
  readonly connection: LocalConnection;
  /** The server of the API and its web page; callers send the token. */
  readonly api: { readonly url: string; readonly token: string };
  /** Stops tasks and functions, makes their messages visible in the queues again, and closes all services. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the local cloud. Resolves when it accepts work. Continues the work that an earlier process left unfinished in the
 * same data directory.
 * @throws LocalError `disk-full`, `data-directory-in-use`, `port-taken`, `state-unreadable`, `ledger-damaged`, `queues-damaged`,
 * `objects-damaged`, `table-outdated`
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { topology = localTopology, port, freeSpace = measureFreeSpace, onCall } = options;
  const layout = createDataLayout(options.dataDirectory);
  const shutdown = createShutdown();
  try {
    await requireFreeSpace(layout.root, freeSpace);
    shutdown.add(lockDataDirectory(layout));
    const fileLog = createFileLog(join(layout.logs, 'local.log'));
    shutdown.add(fileLog.close);
    const log = options.log ?? fileLog;
    const keys = loadAccessKeys(layout.credentialsFile);
    const accessControl = createAccessControl(
      keys,
      createGrants(topology),
      createCallRecorder(layout.callsFile, onCall),
    );
    const controlPlane = createServiceGateway({
      accessControl,
      nowMilliseconds: Date.now,
      logFailure: (error) => log.error({ err: error }, 'a request failed'),
    });
    shutdown.add(controlPlane.close);
    const last = port === undefined ? readPorts(layout.portsFile) : null;
    const controlPlaneUrl = await listenOn(controlPlane.listen, {
      required: port,
      preferred: last?.controlPlane,
    });
    const context: LocalContext = {
      topology,
      layout,
      keys,
      accessControl,
      controlPlane,
      controlPlaneUrl,
      nowMilliseconds: Date.now,
      freeSpace,
      log,
      warn: (line) => log.warn({}, line),
      shutdown,
    };
    controlPlane.add(createSecretsManagerService(layout.secretsFile, webhookSecrets(topology)));
    const storage = await startStorage(context, {
      required: port && port + 1,
      preferred: last?.s3,
    });
    const connection = createConnection(context, storage.s3Url);
    const api = await startLocalApi(context, connection, {
      required: port && port + 2,
      preferred: last?.api,
    });
    shutdown.add(api.close);
    writePorts(layout.portsFile, {
      controlPlane: portOf(controlPlaneUrl),
      s3: portOf(storage.s3Url),
      api: portOf(api.url),
    });
    await startCompute(context, storage);
    writeConnectionFile(layout.connectionFile, connection, layout.credentialsFile);
    shutdown.add(() => removeConnectionFile(layout.connectionFile));
    writeJsonAtomically(layout.apiFile, { url: api.url, token: api.token }, 0o600);
    shutdown.add(() => rmSync(layout.apiFile, { force: true }));
    return { url: controlPlaneUrl, connection, api: { url: api.url, token: api.token }, stop: shutdown.run };
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

function webhookSecrets(topology: Topology): string[] {
  return Object.keys(topology.webhooks).map((name) => `${webhookSecretPrefix(topology)}${name}`);
}

const portOf = (url: string) => Number(new URL(url).port);

function createConnection(
  { topology, layout, keys, controlPlaneUrl }: LocalContext,
  s3Url: string,
): LocalConnection {
  const { control } = topology.queues;
  return {
    url: controlPlaneUrl,
    s3Url,
    region,
    accountId,
    pid: process.pid,
    startedAt: new Date().toISOString(),
    dataDirectory: layout.root,
    credentials: keys.operator,
    environment: {
      ...awsEnvironment({ controlPlaneUrl, s3Url }),
      ...pollerEnvironment(topology),
      ...invokerEnvironment(topology, queueUrl(controlPlaneUrl, control.name)),
      ...operatorEnvironment(topology, (name) => queueUrl(controlPlaneUrl, name)),
    },
  };
}
