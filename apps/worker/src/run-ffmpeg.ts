import { type ChildProcess, execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Logger } from '@fyrestream/cloud';
import { FyrestreamError } from '@fyrestream/events';
import { type FfmpegCommand, toArguments } from '@fyrestream/media';
import ffmpeg, { type FfmpegCommand as FluentCommand } from 'fluent-ffmpeg';

/**
 * The one file that starts ffmpeg and ffprobe. Their environment holds no credentials: `main.ts` took them out of its own.
 */
export interface Ffmpeg {
  /** Runs a command to its end. @returns what it said on stderr, the last lines of it where that is much */
  run(command: FfmpegCommand, options: RunOptions): Promise<string>;
  /** Runs ffprobe. @returns its standard output */
  probe(argv: string[], signal: AbortSignal): Promise<string>;
  /** The versions of the tools, for the certificate. */
  versions(): Promise<Record<string, string>>;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** How many of its last lines are kept. */
  readonly keptLines?: number;
  /** Whether what it said is wanted although it failed: for looking at damaged sources. */
  readonly toleratesFailure?: boolean;
}

/** A child that does not leave on SIGTERM is killed after this time. */
const patienceMilliseconds = 5_000;
const probeOutputLimitBytes = 256 * 1024 * 1024;
const execute = promisify(execFile);

/**
 * @throws FyrestreamError `ffmpeg-failed`, `ffmpeg-killed` (by somebody else's SIGKILL, which is how a system out
 *   of memory helps itself), `ffmpeg-crashed` (by another signal), `disk-full`, `ffprobe-failed`, `ffprobe-killed`; the signal's own reason where it was aborted
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
      killer = setTimeout(() => fluent.kill('SIGKILL'), patienceMilliseconds);
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
        // Aborted while fluent-ffmpeg was still looking around: there is a process to stop only now.
        if (signal.aborted) abort();
      })
      .on('end', (_stdout, stderr) => settle(() => resolve(stderr ?? '')))
      .on('error', (error: Error, _stdout: unknown, stderr: unknown) =>
        settle(() => {
          const message = typeof stderr === 'string' ? stderr : '';
          // Without an exit code it never ran or was killed, which says nothing about the file.
          if (toleratesFailure && child?.exitCode != null) resolve(message);
          else reject(failureOf(child, message, error));
        }),
      )
      .run();
  });
}

/**
 * fluent-ffmpeg runs exactly `argv`: all before the last input are options of its one input, all after it options of its
 * one output. It adds only a second `-y` where the last target is a file.
 */
function build(argv: readonly string[], keptLines: number): FluentCommand {
  const lastInput = argv.lastIndexOf('-i');
  // As separate arguments: of an array, fluent-ffmpeg splits each element at its space.
  const separate = (options: readonly string[]) => options as [string, string];
  return ffmpeg({ stdoutLines: keptLines })
    .input(argv[lastInput + 1] ?? '')
    .inputOptions(...separate(argv.slice(0, lastInput)))
    .output(argv.at(-1) ?? '')
    .outputOptions(...separate(argv.slice(lastInput + 2, -1)));
}

/** fluent-ffmpeg tells of an exit in prose, at times before the process's own event; the process has it in facts. */
function childOf(fluent: FluentCommand): ChildProcess | undefined {
  return (fluent as unknown as { ffmpegProc?: ChildProcess }).ffmpegProc;
}

function failureOf(child: ChildProcess | undefined, stderr: string, cause: Error): FyrestreamError {
  const lastWords = stderr.trim().split('\n').slice(-3).join(' | ').slice(-500) || cause.message;
  if (child?.signalCode != null) {
    return new FyrestreamError({
      code: child.signalCode === 'SIGKILL' ? 'ffmpeg-killed' : 'ffmpeg-crashed',
      message: `ffmpeg was killed by ${child.signalCode}: ${lastWords}`,
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
        ? `ffmpeg could not be started: ${lastWords}`
        : `ffmpeg left with exit code ${child.exitCode}: ${lastWords}`,
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
    const lastWords = readable(message.split('\n').slice(-2).join(' | ')).slice(-500);
    // Killed, or never started: nothing is known about the file then.
    const judged = cause instanceof Error && 'code' in cause && isVerdict(cause.code);
    throw new FyrestreamError({
      code: judged ? 'ffprobe-failed' : 'ffprobe-killed',
      message: judged
        ? `ffprobe cannot read the file: ${lastWords}`
        : `ffprobe did not end by itself: ${lastWords}`,
      retryable: !judged,
      cause,
    });
  }
}

/** Without addresses in memory and paths on the scratch disk, which tell a person nothing. */
function readable(message: string): string {
  return message.replaceAll(/ @ 0x[0-9a-f]+/g, '').replaceAll(/\S*\/source: /g, '');
}

/** An exit code, or more to say about one file than any honest file gives reason to. */
function isVerdict(code: unknown): boolean {
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
