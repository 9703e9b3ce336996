import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { type TranscodeRequest, transcodeRequestSchema } from '@fyrestream/events';

/** A child process of a local cloud, read from /proc. */
export interface CloudProcess {
  readonly pid: number;
  readonly role: 'worker' | 'function';
  /** The request of a worker. */
  readonly request: TranscodeRequest | null;
}

/** The workers and function environments of a local cloud; none for an undefined process id. */
export function listCloudProcesses(cloudPid: number | undefined): CloudProcess[] {
  if (cloudPid === undefined) return [];
  return processIds().flatMap((pid): CloudProcess[] => {
    if (parentOf(pid) !== cloudPid) return [];
    const command = read(pid, 'cmdline');
    if (command.includes('runtime-process.ts')) return [{ pid, role: 'function', request: null }];
    const variable = /(?:^|\0)FYRESTREAM_REQUEST=([^\0]*)/.exec(read(pid, 'environ'))?.[1];
    if (variable === undefined) return [];
    return [{ pid, role: 'worker', request: transcodeRequestSchema.parse(JSON.parse(variable)) }];
  });
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
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(directory);
  } catch {
    return false;
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
