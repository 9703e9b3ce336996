import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FyrestreamError } from '@fyrestream/events';
import type { LocalConnection } from '@fyrestream/local';
import type { BenchCloudSettings } from './bench-cloud-settings.ts';

/** A local cloud in a process of its own. */
export interface BenchCloud {
  readonly connection: LocalConnection;
  readonly pid: number;
  /** How often each action was called so far, by `principal service:Action`. */
  readonly countCalls: () => Promise<Record<string, number>>;
  readonly stop: () => Promise<void>;
}

const script = fileURLToPath(new URL('./run-bench-cloud.ts', import.meta.url));

/**
 * @param directory holds the cloud's data and its log
 * @param searchPath where workers find ffmpeg
 * @throws FyrestreamError `cloud-not-started`
 */
export async function startBenchCloud(
  directory: string,
  settings: BenchCloudSettings = {},
  searchPath = process.env.PATH,
): Promise<BenchCloud> {
  const logPath = join(directory, 'cloud.log');
  const log = openSync(logPath, 'a');
  const child = fork(script, [join(directory, 'data'), JSON.stringify(settings)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, PATH: searchPath },
    stdio: ['ignore', log, log, 'ipc'],
  });
  const ended = once(child, 'exit');
  const [connection] = await Promise.race([once(child, 'message'), ended.then(() => [])]);
  if (connection === undefined || child.pid === undefined) {
    const message = `The local cloud does not start, see ${logPath}.`;
    throw new FyrestreamError({ code: 'cloud-not-started', message, retryable: false });
  }
  return {
    connection,
    pid: child.pid,
    countCalls: () => countCalls(child),
    stop: async () => {
      if (child.kill('SIGTERM')) await ended;
    },
  };
}

async function countCalls(child: ChildProcess): Promise<Record<string, number>> {
  const answer = once(child, 'message');
  child.send('count');
  const [calls] = await answer;
  return calls;
}
