import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { TranscodeRequest } from '@fyrestream/events';

/** A child process of a local cloud, read from /proc. */
export interface CloudChildProcess {
  readonly pid: number;
  readonly role: 'worker' | 'function';
  /** The job of a worker, and whether it leads the attempt. */
  readonly jobId: string | null;
  readonly isLeading: boolean;
}

/** The workers and function environments of a local cloud; none for an undefined process id. */
export function listCloudChildProcesses(cloudPid: number | undefined): CloudChildProcess[] {
  if (cloudPid === undefined) return [];
  return processIds().flatMap((pid): CloudChildProcess[] => {
    if (parentOf(pid) !== cloudPid) return [];
    const command = read(pid, 'cmdline');
    if (command.includes('lambda-runtime.ts'))
      return [{ pid, role: 'function', jobId: null, isLeading: false }];
    const request = requestOf(workingDirectoryOf(pid));
    if (request === null) return [];
    return [{ pid, role: 'worker', jobId: request.jobId, isLeading: request.slot === 0 }];
  });
}

/** Workers hide their environment. Their working directory is named after the task, whose record has the request. */
function requestOf(scratchDirectory: string): TranscodeRequest | null {
  const record = join(dirname(scratchDirectory), '..', 'tasks', `${basename(scratchDirectory)}.json`);
  try {
    const { overrides } = JSON.parse(readFileSync(record, 'utf8'));
    const variables: { name: string; value: string }[] = overrides.containerOverrides[0].environment;
    const request = variables.find(({ name }) => name === 'FYRESTREAM_REQUEST')?.value;
    return request === undefined ? null : JSON.parse(request);
  } catch {
    return null;
  }
}

/** Processes whose working directory or environment is below a directory, as `PID COMMAND`. */
export function listProcessesBelow(directory: string): string[] {
  return processIds()
    .filter(
      (pid) => pid !== process.pid && (isIn(pid, directory) || read(pid, 'environ').includes(directory)),
    )
    .map((pid) => `${pid} ${read(pid, 'cmdline').replaceAll('\0', ' ').slice(0, 200)}`);
}

function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function parentOf(pid: number): number {
  const stat = read(pid, 'stat');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function isIn(pid: number, directory: string): boolean {
  return workingDirectoryOf(pid).startsWith(directory);
}

/** Empty if the process has ended. */
function workingDirectoryOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

/** Empty if the process has ended. @see https://man7.org/linux/man-pages/man5/proc.5.html */
function read(pid: number, name: 'cmdline' | 'environ' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
