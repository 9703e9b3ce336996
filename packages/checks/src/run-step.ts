import { spawn } from 'node:child_process';

/** How a step ended. `output` is what it printed on both streams, in order. */
export interface StepResult {
  name: string;
  passed: boolean;
  seconds: number;
  output: string;
}

/**
 * Runs one tool and captures its output.
 * A tool that cannot be started counts as failed, with the reason as its output.
 */
export function runStep(
  name: string,
  [file, ...argv]: [string, ...string[]],
  cwd: string,
): Promise<StepResult> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(file, argv, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    const end = (passed: boolean, note = '') =>
      resolve({
        name,
        passed,
        seconds: (performance.now() - started) / 1000,
        output: Buffer.concat(chunks).toString('utf8') + note,
      });
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (cause) => end(false, `${file} could not be started: ${cause.message}\n`));
    child.on('close', (code) => end(code === 0));
  });
}
