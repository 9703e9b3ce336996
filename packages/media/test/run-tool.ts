import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const maxBuffer = 64 * 1024 * 1024;

/** Runs ffmpeg or ffprobe to its end; rejects with its stderr if it fails. */
export async function runTool(
  program: 'ffmpeg' | 'ffprobe',
  argv: string[],
  directory?: string,
): Promise<{ stdout: string; stderr: string }> {
  return run(program, argv, { maxBuffer, ...(directory === undefined ? {} : { cwd: directory }) });
}

/** The same for binary output. */
export async function runForBytes(program: 'ffmpeg', argv: string[]): Promise<Buffer> {
  const { stdout } = await run(program, argv, { maxBuffer, encoding: 'buffer' });
  return stdout;
}
