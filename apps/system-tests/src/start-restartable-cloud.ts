import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FyrestreamError } from '@fyrestream/events';
import type { LocalConnection, localTopology } from '@fyrestream/local';
import { copyBundles } from './copy-bundles.ts';
import { createFaultSwitch, type FaultSwitch } from './faults/fault-switch.ts';

/** A local cloud in a process of its own, always with the same data and the same address. */
export interface RestartableCloud {
  readonly connection: LocalConnection;
  /** Undefined while none runs. */
  readonly pid: () => number | undefined;
  /** Faults of the disk and of clocks, which also last over restarts. */
  readonly faults: FaultSwitch;
  /** Each exit that was neither `kill` nor `stop`, as a sentence. */
  readonly unexpectedExits: readonly string[];
  readonly kill: () => Promise<void>;
  /** Starts the process if it does not run; returns at once. */
  readonly start: () => void;
  /** Resolves when the cloud accepts work, or after too many unexpected exits. */
  readonly ready: () => Promise<void>;
  /** Ends the process as Ctrl-C does. */
  readonly stop: () => Promise<void>;
}

const script = fileURLToPath(new URL('./run-cloud.ts', import.meta.url));
const maxUnexpectedExits = 5;

/** Values that differ from those of the stack `local`. */
export type CloudSettings = Partial<
  Pick<
    typeof localTopology,
    'maxRunningTasks' | 'maxWorkersPerJob' | 'targetMinutes' | 'unitSeconds' | 'costLimitUsd'
  > &
    Pick<typeof localTopology.functions.invoker, 'keepWarmSeconds'>
>;

/** @throws FyrestreamError `cloud-not-started`, `no-free-port` */
export async function startRestartableCloud(
  directory: string,
  settings: CloudSettings = {},
): Promise<RestartableCloud> {
  const faultFiles = [join(directory, 'faults.json'), join(directory, 'fault-effects.log')] as const;
  const bundles = await copyBundles(join(directory, 'bundles'), ...faultFiles);
  const port = await findPorts();
  const dataDirectory = join(directory, 'data');
  const logFile = openSync(join(directory, 'cloud.log'), 'a');
  const unexpectedExits: string[] = [];
  let child: ChildProcess | undefined;
  let accepted: Promise<unknown[]> = Promise.resolve([]);

  const start = () => {
    if (child !== undefined || unexpectedExits.length > maxUnexpectedExits) return;
    const started = fork(
      script,
      [dataDirectory, String(port), bundles, JSON.stringify(settings), ...faultFiles],
      {
        execArgv: ['--disable-warning=ExperimentalWarning'],
        stdio: ['ignore', logFile, logFile, 'ipc'],
      },
    );
    child = started;
    const ended = once(started, 'exit').then(() => []);
    accepted = Promise.race([once(started, 'message'), ended]);
    started.once('exit', (code) => {
      // `end` clears `child` before it sends its signal.
      if (child !== started) return;
      child = undefined;
      unexpectedExits.push(`the local cloud exited by itself with code ${code}, see cloud.log`);
      start();
    });
  };
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = undefined;
    if (ending?.kill(signal)) await once(ending, 'exit');
  };
  start();
  const [connection] = await accepted;
  if (connection === undefined) {
    const message = `The local cloud does not start, see ${directory}/cloud.log.`;
    throw new FyrestreamError({ code: 'cloud-not-started', message, retryable: false });
  }
  return {
    connection: connection as LocalConnection,
    pid: () => child?.pid,
    faults: createFaultSwitch(...faultFiles),
    unexpectedExits,
    kill: () => end('SIGKILL'),
    start,
    ready: async () => {
      while ((await accepted).length === 0 && unexpectedExits.length <= maxUnexpectedExits);
    },
    stop: () => end('SIGTERM'),
  };
}

/**
 * The first of two adjacent free ports. They are below the ephemeral range, so no client takes them while the cloud is
 * down; other chaos runs start their search elsewhere.
 */
async function findPorts(): Promise<number> {
  for (let port = 20_000 + 2 * (process.pid % 5_000); port < 32_000; port += 2) {
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
  throw new FyrestreamError({
    code: 'no-free-port',
    message: 'No two adjacent ports between 20000 and 32000 are free.',
    retryable: true,
  });
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
