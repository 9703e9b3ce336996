import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FyrestreamError } from '@fyrestream/events';
import type { LocalConnection } from '@fyrestream/local';

/** A local cloud in a process of its own, always over the same data and at the same address. */
export interface RestartableCloud {
  readonly connection: LocalConnection;
  /** Undefined while none runs. */
  readonly pid: () => number | undefined;
  /** Ends that nobody asked for. */
  readonly collapses: readonly string[];
  readonly kill: () => Promise<void>;
  /** Starts it where it is not running; answers at once. */
  readonly start: () => void;
  /** Answers when the one that was started accepts work, or has collapsed too often. */
  readonly ready: () => Promise<void>;
  /** Ends it as Ctrl-C would. */
  readonly stop: () => Promise<void>;
}

const script = fileURLToPath(new URL('../run-cloud.ts', import.meta.url));
const collapsesTolerated = 5;

export async function startRestartableCloud(directory: string): Promise<RestartableCloud> {
  const bundles = await keepBundles(join(directory, 'bundles'));
  const port = await findPort();
  const dataDirectory = join(directory, 'data');
  const logFile = openSync(join(directory, 'cloud.log'), 'a');
  const collapses: string[] = [];
  let child: ChildProcess | undefined;
  let accepted: Promise<unknown[]> = Promise.resolve([]);

  const start = () => {
    if (child !== undefined || collapses.length > collapsesTolerated) return;
    const started = fork(script, [dataDirectory, String(port), bundles], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', logFile, logFile, 'ipc'],
    });
    child = started;
    const ended = once(started, 'exit').then(() => []);
    accepted = Promise.race([once(started, 'message'), ended]);
    started.once('exit', (code) => {
      // Who kills or stops it forgets it first.
      if (child !== started) return;
      child = undefined;
      collapses.push(`the local cloud ended by itself with exit code ${code}, see cloud.log`);
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
    collapses,
    kill: () => end('SIGKILL'),
    start,
    ready: async () => {
      while ((await accepted).length === 0 && collapses.length <= collapsesTolerated);
    },
    stop: () => end('SIGTERM'),
  };
}

/** What is tried stays the same, although somebody builds meanwhile. */
async function keepBundles(directory: string): Promise<string> {
  for (const app of ['poller', 'invoker', 'worker']) {
    const built = fileURLToPath(new URL(`../../../${app}/dist`, import.meta.url));
    await cp(built, join(directory, app), { recursive: true });
  }
  return directory;
}

/**
 * Two neighbouring ports that are free now, below those that the system hands out to clients: while the cloud is down
 * nobody else gets them. Another run of the chaos looks elsewhere.
 */
async function findPort(): Promise<number> {
  for (let port = 20_000 + 2 * (process.pid % 5_000); port < 32_000; port += 2) {
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
  throw new FyrestreamError({
    code: 'no-free-port',
    message: 'No two ports between 20000 and 32000 are free.',
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
