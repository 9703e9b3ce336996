import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const commandLineBundle = fileURLToPath(new URL('../dist/main.mjs', import.meta.url));

export interface CommandResult {
  readonly exitCode: number | null;
  readonly output: string;
  readonly notes: string;
}

/** Runs the built `fyrestream` in a new process, without a terminal. */
export async function runCommandLine(
  argv: string[],
  cwd?: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<CommandResult> {
  const { child, output, notes } = startCommandLine(argv, cwd, environment);
  const [exitCode] = (await once(child, 'close')) as [number | null];
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
