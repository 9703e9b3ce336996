import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { identifyProcess, type ProcessIdentity } from './process-identity.ts';

/** The process group that runs in place of the container of a task. */
export interface TaskProcess {
  readonly identity: ProcessIdentity;
  readonly exited: Promise<TaskExit>;
  /** Sends SIGTERM to the first process, and SIGKILL to all processes after `timeoutSeconds`, as ECS does. */
  readonly stop: (timeoutSeconds: number) => void;
}

export interface TaskExit {
  /** The exit code of a container: 128 + the signal number where a signal ended the process. */
  readonly exitCode: number;
}

export interface TaskProcessOptions {
  readonly bundlePath: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly logFile: string;
}

/** As in the image of the transcoder: without it, the worker's own process grows beyond 200 MB, and ffmpeg can use the memory. */
const nodeOptions = ['--max-semi-space-size=1'];

/** Starts the process of a task; undefined where it could not be started. */
export function startTaskProcess(options: TaskProcessOptions): TaskProcess | undefined {
  const child = spawnDetached(options);
  const { pid } = child;
  if (pid === undefined) return undefined;
  let killTimer: NodeJS.Timeout | undefined;
  const exited = new Promise<TaskExit>((resolve) => {
    child.once('exit', (code, signal) => {
      clearTimeout(killTimer);
      // A container ends with its first process, and so do all other processes in it.
      killGroup(pid);
      resolve({ exitCode: code ?? 128 + signalNumber(signal) });
    });
  });
  return {
    identity: identifyProcess(pid) ?? { pid, startTimeTicks: 'unknown', bootId: 'unknown' },
    exited,
    stop: (timeoutSeconds) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      clearTimeout(killTimer);
      killTimer = setTimeout(() => killGroup(pid), timeoutSeconds * 1000);
    },
  };
}

function spawnDetached(options: TaskProcessOptions): ChildProcess {
  const log = openSync(options.logFile, 'a');
  try {
    const child = spawn(process.execPath, [...nodeOptions, options.bundlePath], {
      cwd: options.workingDirectory,
      env: { ...options.environment },
      detached: true,
      stdio: ['ignore', log, log],
    });
    // Without a listener a failed start would end the local cloud. A missing pid shows the failure.
    child.on('error', () => {});
    return child;
  } finally {
    closeSync(log);
  }
}

function killGroup(leaderPid: number): void {
  try {
    process.kill(-leaderPid, 'SIGKILL');
  } catch {
    // All its processes have ended.
  }
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : (constants.signals[signal] ?? 0);
}
