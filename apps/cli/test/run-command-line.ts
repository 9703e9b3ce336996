import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const commandLineBundle = fileURLToPath(new URL('../dist/main.mjs', import.meta.url));

export interface CommandResult {
  readonly exitCode: number | null;
  readonly output: string;
  readonly notes: string;
}

/** Less than the time limit of a test, and more than any command needs. */
const commandMaxMs = 15 * 60_000;

/**
 * Runs the built `fyrestream` in a new process, without a terminal.
 * @throws Error if the process does not end, with what it printed and where its threads wait
 */
export async function runCommandLine(
  argv: string[],
  cwd?: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<CommandResult> {
  const { child, output, notes } = startCommandLine(argv, cwd, environment);
  let threads: string | null = null;
  const timer = setTimeout(() => {
    threads = threadsOf(child.pid ?? 0);
    child.kill('SIGKILL');
  }, commandMaxMs);
  const [exitCode] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  if (threads !== null) {
    throw new Error(`fyrestream ${argv.join(' ')} did not end.\n${threads}\n${output()}\n${notes()}`);
  }
  return { exitCode, output: output(), notes: notes() };
}

/** Starts the built `fyrestream`; the caller ends it. */
export function startCommandLine(argv: string[], cwd?: string, environment: NodeJS.ProcessEnv = process.env) {
  const child: ChildProcess = spawn(process.execPath, [commandLineBundle, ...argv], {
    ...(cwd !== undefined && { cwd }),
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let notes = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    notes += text;
  });
  return { child, output: () => output, notes: () => notes };
}

/** Name, state and system call of each thread of a process, if it is alive. https://man7.org/linux/man-pages/man5/proc.5.html */
function threadsOf(pid: number): string {
  const threads = `/proc/${pid}/task`;
  const read = (thread: string, file: string) => readFileSync(`${threads}/${thread}/${file}`, 'utf8');
  try {
    return readdirSync(threads)
      .map((thread) => `${read(thread, 'stat').split(' ', 3).join(' ')} ${read(thread, 'syscall').trim()}`)
      .join('\n');
  } catch (error) {
    return `The process has no threads: ${error}`;
  }
}
