import { type ChildProcess, execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Logger } from '@fyrestream/cloud';
import { FyrestreamError } from '@fyrestream/events';
import { type FfmpegCommand, toArguments } from '@fyrestream/media';
import ffmpeg, { type FfmpegCommand as FluentCommand } from 'fluent-ffmpeg';

/**
 * The only file that starts ffmpeg and ffprobe. Their environment contains no credentials: `main.ts` removes them from its own.
 */
export interface Ffmpeg {
  /** Runs a command until it ends. @returns its standard error, at most the last `keptLines` lines */
  run(command: FfmpegCommand, options: RunOptions): Promise<string>;
  /** Runs ffprobe. @returns its standard output */
  probe(argv: string[], signal: AbortSignal): Promise<string>;
  /** The versions of the tools, for the certificate. */
  versions(): Promise<Record<string, string>>;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** The number of lines of standard error to keep; 200 by default. */
  readonly keptLines?: number;
  /** Whether to return the standard error of a failed run: for the inspection of damaged sources. */
  readonly toleratesFailure?: boolean;
}

/** Time from SIGTERM to SIGKILL. */
const killDelayMilliseconds = 5_000;
const probeOutputLimitBytes = 256 * 1024 * 1024;
const execute = promisify(execFile);

/**
 * @throws FyrestreamError `ffmpeg-failed`; `ffmpeg-killed` (SIGKILL from outside, as when the system is out of memory);
 *   `ffmpeg-crashed` (another signal); `disk-full`; `ffprobe-failed`; `ffprobe-killed`; the signal's own reason if it is aborted
 */
export function createFfmpeg(log?: Pick<Logger, 'debug'>): Ffmpeg {
  return {
    run: (command, options) => {
      const argv = toArguments(command);
      log?.debug({ argv }, 'ffmpeg-command');
      return run(argv, options);
    },
    probe,
    versions,
  };
}

function run(
  argv: readonly string[],
  { signal, keptLines = 200, toleratesFailure = false }: RunOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const fluent = build(argv, keptLines);
    let child: ChildProcess | undefined;
    let killer: NodeJS.Timeout | undefined;
    const abort = () => {
      fluent.kill('SIGTERM');
      killer = setTimeout(() => fluent.kill('SIGKILL'), killDelayMilliseconds);
    };
    const settle = (finish: () => void) => {
      signal.removeEventListener('abort', abort);
      clearTimeout(killer);
      if (signal.aborted) reject(signal.reason);
      else finish();
    };
    signal.addEventListener('abort', abort, { once: true });
    fluent
      .on('start', () => {
        child = childOf(fluent);
        // If the signal was aborted before the process started, the process can be stopped only now.
        if (signal.aborted) abort();
      })
      .on('end', (_stdout, stderr) => settle(() => resolve(stderr ?? '')))
      .on('error', (error: Error, _stdout: unknown, stderr: unknown) =>
        settle(() => {
          const message = typeof stderr === 'string' ? stderr : '';
          // Without an exit code the process did not run or was killed: the file is not the cause.
          if (toleratesFailure && child?.exitCode != null) resolve(message);
          else reject(failureOf(child, message, error));
        }),
      )
      .run();
  });
}

/**
 * fluent-ffmpeg runs exactly `argv`: everything before the last input is passed as options of its one input, everything
 * after it as options of its one output. It adds only a second `-y` if the last target is a file.
 */
function build(argv: readonly string[], keptLines: number): FluentCommand {
  const lastInput = argv.lastIndexOf('-i');
  // As separate arguments: fluent-ffmpeg splits the elements of an array at spaces.
  const separate = (options: readonly string[]) => options as [string, string];
  return ffmpeg({ stdoutLines: keptLines })
    .input(argv[lastInput + 1] ?? '')
    .inputOptions(...separate(argv.slice(0, lastInput)))
    .output(argv.at(-1) ?? '')
    .outputOptions(...separate(argv.slice(lastInput + 2, -1)));
}

/** fluent-ffmpeg reports an exit only as text; the process has its exit code and signal. */
function childOf(fluent: FluentCommand): ChildProcess | undefined {
  return (fluent as unknown as { ffmpegProc?: ChildProcess }).ffmpegProc;
}

function failureOf(child: ChildProcess | undefined, stderr: string, cause: Error): FyrestreamError {
  const lastLines = stderr.trim().split('\n').slice(-3).join(' | ').slice(-500) || cause.message;
  if (child?.signalCode != null) {
    return new FyrestreamError({
      code: child.signalCode === 'SIGKILL' ? 'ffmpeg-killed' : 'ffmpeg-crashed',
      message: `ffmpeg was killed by ${child.signalCode}: ${lastLines}`,
      retryable: true,
      cause,
    });
  }
  const isDiskFull = /No space left on device/.test(stderr);
  return new FyrestreamError({
    code: isDiskFull ? 'disk-full' : 'ffmpeg-failed',
    message: isDiskFull
      ? 'The scratch disk is full.'
      : child === undefined
        ? `ffmpeg could not be started: ${lastLines}`
        : `ffmpeg ended with exit code ${child.exitCode}: ${lastLines}`,
    retryable: true,
    cause,
  });
}

async function probe(argv: string[], signal: AbortSignal): Promise<string> {
  try {
    const { stdout } = await execute('ffprobe', argv, { signal, maxBuffer: probeOutputLimitBytes });
    return stdout;
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    const message = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
    const lastLines = readable(message.split('\n').slice(-2).join(' | ')).slice(-500);
    // If ffprobe was killed or did not start, the file is not the cause.
    const isCausedByFile = cause instanceof Error && 'code' in cause && isExitOfFfprobe(cause.code);
    throw new FyrestreamError({
      code: isCausedByFile ? 'ffprobe-failed' : 'ffprobe-killed',
      message: isCausedByFile
        ? `ffprobe cannot read the file: ${lastLines}`
        : `ffprobe was killed or did not start: ${lastLines}`,
      retryable: !isCausedByFile,
      cause,
    });
  }
}

/** Removes memory addresses and paths on the scratch disk. */
function readable(message: string): string {
  return message.replaceAll(/ @ 0x[0-9a-f]+/g, '').replaceAll(/\S*\/source: /g, '');
}

/** Whether ffprobe ended with an exit code, or wrote more output about the file than is allowed. */
function isExitOfFfprobe(code: unknown): boolean {
  return typeof code === 'number' || code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';
}

async function versions(): Promise<Record<string, string>> {
  const [{ stdout: encoder }, { stdout: prober }] = await Promise.all([
    execute('ffmpeg', ['-version']),
    execute('ffprobe', ['-version']),
  ]);
  return { ffmpeg: versionIn(encoder), ffprobe: versionIn(prober), node: process.versions.node };
}

function versionIn(banner: string): string {
  return /version (\S+)/.exec(banner)?.[1] ?? 'unknown';
}
