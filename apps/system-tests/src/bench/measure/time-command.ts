import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { FyrestreamError } from '@fyrestream/events';
import type { Usage } from './usage.ts';

export interface TimedCommand extends Usage {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Node does not tell what one child used; the shell does, with all processes that the child waited for. The times leave
 * by file 3, so that the output stays that of the command.
 * @see https://www.gnu.org/software/bash/manual/html_node/Pipelines.html
 */
const script = 'TIMEFORMAT="%U %S %R"; { time "$@" 2>&4 3>&- 4>&-; } 4>&2 2>&3';

/**
 * Runs a program to its end and measures it.
 * @throws FyrestreamError `command-failed`
 */
export async function timeCommand(argv: readonly string[], env?: NodeJS.ProcessEnv): Promise<TimedCommand> {
  const child = spawn('bash', ['-c', script, 'bash', ...argv], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    ...(env && { env }),
  });
  const read = (stream: unknown) => text(stream as Readable);
  const [stdout, stderr, times, [code]] = await Promise.all([
    ...child.stdio.slice(1).map(read),
    once(child, 'exit'),
  ] as [Promise<string>, Promise<string>, Promise<string>, Promise<unknown[]>]);
  if (code !== 0) throw commandFailed(argv, stderr);
  const [user = 0, system = 0, wallSeconds = 0] = times.trim().split(' ').map(Number);
  return { stdout, stderr, cpuSeconds: user + system, wallSeconds };
}

export function commandFailed(argv: readonly string[], stderr: string): FyrestreamError {
  const end = stderr.trim().split('\n').slice(-5).join(' | ');
  return new FyrestreamError({
    code: 'command-failed',
    message: `${argv.join(' ').slice(0, 500)} failed: ${end}`,
    retryable: false,
  });
}
