import { type ChildProcess, execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Logger, processEnvironment } from '@fyrestream/cloud';
import { FyrestreamError } from '@fyrestream/events';
import { type FfmpegCommand, toArguments } from '@fyrestream/media';
import ffmpeg, { type FfmpegCommand as FluentCommand } from 'fluent-ffmpeg';
import { buildOfFfmpeg } from './build-of-ffmpeg.ts';
import { encoderRefusal } from './encoder-refusal.ts';
import { limitFailure, wallTimeFailure } from './sandbox/limit-failure.ts';
import { probeOutputLimitBytes } from './sandbox/probe-output-limit.ts';
import { type ProcessLimits, processLimits } from './sandbox/process-limits.ts';
import { environmentProgram, type SandboxFacilities, sandboxArguments } from './sandbox/sandbox-arguments.ts';

/** The only file that starts ffmpeg and ffprobe: each in a sandbox with an environment, a folder and limits of its own. */
export interface Ffmpeg {
  /** Runs a command until it ends. @returns its standard error, at most the last `keptLines` lines */
  run(command: FfmpegCommand, options: RunOptions): Promise<string>;
  /** Runs ffprobe. @returns its standard output */
  probe(argv: string[], options: ProbeOptions): Promise<string>;
  /** The versions of the tools, for the certificate. */
  versions(): Promise<Record<string, string>>;
}

export interface ProbeOptions {
  readonly signal: AbortSignal;
  readonly limits: ProcessLimits;
}

export interface RunOptions extends ProbeOptions {
  /** The number of lines of standard error to keep; 200 by default. */
  readonly keptLines?: number;
  /** Whether to return the standard error of a failed run: for the inspection of damaged sources. */
  readonly toleratesFailure?: boolean;
}

export interface FfmpegSettings {
  /** The working folder of the processes; that of this process by default. */
  readonly workingDirectory?: string;
  readonly log?: Pick<Logger, 'debug' | 'warn'>;
}

interface Sandbox {
  readonly facilities: SandboxFacilities;
  readonly workingDirectory: string | undefined;
}

/** Time from SIGTERM to SIGKILL. */
const killDelayMilliseconds = 5_000;
const execute = promisify(execFile);

/**
 * @throws MediaRefusal if the process reached a limit because of the file
 * @throws FyrestreamError `ffmpeg-failed`; `ffmpeg-killed` (SIGKILL from outside, as when the system is out of memory);
 *   `ffmpeg-crashed` (another signal); `disk-full`; `ffprobe-failed`; `ffprobe-killed`; `ffmpeg-timeout`;
 *   `ffprobe-timeout`; the signal's own reason if it is aborted
 */
export function createFfmpeg({ log, workingDirectory }: FfmpegSettings = {}): Ffmpeg {
  let prepared: Promise<Sandbox> | undefined;
  let known: Promise<Record<string, string>> | undefined;
  const sandbox = () => {
    prepared ??= prepareSandbox(log).then((facilities) => ({ facilities, workingDirectory }));
    return prepared;
  };
  return {
    run: async (command, options) => {
      const argv = toArguments(command);
      log?.debug({ argv }, 'ffmpeg-command');
      return run(await sandbox(), argv, options);
    },
    probe: async (argv, options) => probe(await sandbox(), argv, options),
    versions: async () => {
      const prepared = await sandbox();
      known ??= versions(prepared).catch((error: unknown) => {
        // Such as no memory for another process: the next call tries again.
        known = undefined;
        throw error;
      });
      return known;
    },
  };
}

/** Finds out what the machine offers. From then on fluent-ffmpeg starts the sandbox. */
async function prepareSandbox(log: FfmpegSettings['log']): Promise<SandboxFacilities> {
  ffmpeg.setFfmpegPath(environmentProgram);
  const hasLimits = await works({ hasLimits: true, hasNamespaces: false });
  const hasNamespaces = await works({ hasLimits, hasNamespaces: true });
  if (!hasLimits) log?.warn('no-process-limits');
  return { hasLimits, hasNamespaces };
}

async function works(facilities: SandboxFacilities): Promise<boolean> {
  const argv = sandboxArguments(facilities, processLimits('inspect'), processEnvironment.PATH);
  return execute(environmentProgram, [...argv, environmentProgram]).then(
    () => true,
    () => false,
  );
}

function argumentsFor(sandbox: Sandbox, limits: ProcessLimits, program: string): string[] {
  return [...sandboxArguments(sandbox.facilities, limits, processEnvironment.PATH), program];
}

function run(
  sandbox: Sandbox,
  argv: readonly string[],
  { signal: stop, limits, keptLines = 200, toleratesFailure = false }: RunOptions,
): Promise<string> {
  const time = limitTime('ffmpeg', stop, limits);
  const { signal } = time;
  return new Promise<string>((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const fluent = build(argumentsFor(sandbox, limits, 'ffmpeg'), argv, {
      stdoutLines: keptLines,
      ...(sandbox.workingDirectory !== undefined && { cwd: sandbox.workingDirectory }),
    });
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
          const end = {
            exitCode: child?.exitCode ?? null,
            signal: child?.signalCode ?? null,
            stderr: message,
          };
          const refusal = limitFailure(end, limits) ?? encoderRefusal(message);
          if (refusal !== null) reject(refusal);
          // Without an exit code the process did not run or was killed: the file is not the cause.
          else if (toleratesFailure && child?.exitCode != null) resolve(message);
          else reject(failureOf(child, message, error));
        }),
      )
      .run();
  }).finally(time.clear);
}

/** A signal that is aborted when the process has to end: by the caller, or when its time is over. */
function limitTime(program: string, stop: AbortSignal, { wallSeconds }: ProcessLimits) {
  if (wallSeconds === null) return { signal: stop, clear: () => {} };
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(wallTimeFailure(program, wallSeconds)), wallSeconds * 1_000);
  return { signal: AbortSignal.any([stop, over.signal]), clear: () => clearTimeout(timer) };
}

/**
 * fluent-ffmpeg runs exactly `launcher` and `argv`: everything before the last input is passed as options of its one
 * input, everything after it as options of its one output. It adds only a second `-y` if the last target is a file.
 */
function build(
  launcher: readonly string[],
  argv: readonly string[],
  options: { stdoutLines: number; cwd?: string },
): FluentCommand {
  const lastInput = argv.lastIndexOf('-i');
  // As separate arguments: fluent-ffmpeg splits the elements of an array at spaces.
  const separate = (options: readonly string[]) => options as [string, string];
  return withoutListing(ffmpeg(options), argv)
    .input(argv[lastInput + 1] ?? '')
    .inputOptions(...separate([...launcher, ...argv.slice(0, lastInput)]))
    .output(argv.at(-1) ?? '')
    .outputOptions(...separate(argv.slice(lastInput + 2, -1)));
}

/**
 * fluent-ffmpeg lists all formats and encoders before its first command, which starts ffmpeg twice. The command's own
 * formats are the answer instead: ffmpeg itself refuses a format or an encoder that it does not have.
 */
function withoutListing(fluent: FluentCommand, argv: readonly string[]): FluentCommand {
  const names = argv.filter((_, index) => argv[index - 1] === '-f');
  const usable = { description: '', canDemux: true, canMux: true };
  const formats = Object.fromEntries(names.map((name) => [name, usable]));
  // The types have no callback without an error.
  const noError = undefined as unknown as Error;
  fluent.availableFormats = (callback) => callback(noError, formats);
  fluent.availableEncoders = (callback) => callback(noError, {});
  return fluent;
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

async function probe(
  sandbox: Sandbox,
  argv: string[],
  { signal: stop, limits }: ProbeOptions,
): Promise<string> {
  const time = limitTime('ffprobe', stop, limits);
  try {
    const { stdout } = await execute(
      environmentProgram,
      [...argumentsFor(sandbox, limits, 'ffprobe'), ...argv],
      // ffprobe writes nothing that has to be finished, and may ignore other signals.
      {
        signal: time.signal,
        killSignal: 'SIGKILL',
        maxBuffer: probeOutputLimitBytes,
        cwd: sandbox.workingDirectory,
      },
    );
    return stdout;
  } catch (cause) {
    if (time.signal.aborted) throw time.signal.reason;
    throw probeFailure(cause, limits);
  } finally {
    time.clear();
  }
}

function probeFailure(cause: unknown, limits: ProcessLimits): FyrestreamError {
  const failed = cause as { code?: unknown; signal?: NodeJS.Signals | null; stderr?: unknown };
  const stderr = String(failed.stderr ?? cause).trim();
  const exitCode = typeof failed.code === 'number' ? failed.code : null;
  const overLimit = limitFailure({ exitCode, signal: failed.signal ?? null, stderr }, limits);
  if (overLimit !== null) return overLimit;
  const lastLines = readable(stderr.split('\n').slice(-2).join(' | ')).slice(-500);
  // If ffprobe was killed or did not start, the file is not the cause.
  const isCausedByFile = isExitOfFfprobe(failed.code);
  return new FyrestreamError({
    code: isCausedByFile ? 'ffprobe-failed' : 'ffprobe-killed',
    message: isCausedByFile
      ? `ffprobe cannot read the file: ${lastLines}`
      : `ffprobe was killed or did not start: ${lastLines}`,
    retryable: !isCausedByFile,
    cause,
  });
}

/** Removes memory addresses and paths on the scratch disk. */
function readable(message: string): string {
  return message.replaceAll(/ @ 0x[0-9a-f]+/g, '').replaceAll(/\S*\/source: /g, '');
}

/** Whether ffprobe ended with an exit code, or wrote more output about the file than is allowed. */
function isExitOfFfprobe(code: unknown): boolean {
  return (
    (typeof code === 'number' && !launcherExitCodes.has(code)) || code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER'
  );
}

/** `env` ends with these if the program is missing or cannot be run. */
const launcherExitCodes = new Set([126, 127]);

async function versions(sandbox: Sandbox): Promise<Record<string, string>> {
  const versionOf = async (program: string) => {
    const argv = [...argumentsFor(sandbox, processLimits('inspect'), program), '-version'];
    const { stdout } = await execute(environmentProgram, argv, { cwd: sandbox.workingDirectory });
    return { name: /version (\S+)/.exec(stdout)?.[1] ?? 'unknown', text: stdout };
  };
  const [encoder, prober] = await Promise.all([versionOf('ffmpeg'), versionOf('ffprobe')]);
  return {
    ffmpeg: encoder.name,
    ffmpegBuild: await buildOfFfmpeg(encoder.text),
    ffprobe: prober.name,
    node: process.versions.node,
  };
}
