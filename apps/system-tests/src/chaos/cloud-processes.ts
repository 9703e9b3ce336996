import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { type TranscodeRequest, transcodeRequestSchema } from '@fyrestream/events';

/** A process of a local cloud, as /proc shows it. */
export interface CloudProcess {
  readonly pid: number;
  readonly role: 'worker' | 'function';
  /** What a worker was started for. */
  readonly request: TranscodeRequest | null;
}

/** The workers and function environments that a local cloud is running; none where none runs, by the process id 0. */
export function childrenOf(cloudPid: number): CloudProcess[] {
  if (cloudPid === 0) return [];
  return processIds().flatMap((pid): CloudProcess[] => {
    if (parentOf(pid) !== cloudPid) return [];
    const command = read(pid, 'cmdline');
    if (command.includes('runtime-process.ts')) return [{ pid, role: 'function', request: null }];
    const variable = /(?:^|\0)FYRESTREAM_REQUEST=([^\0]*)/.exec(read(pid, 'environ'))?.[1];
    if (variable === undefined) return [];
    return [{ pid, role: 'worker', request: transcodeRequestSchema.parse(JSON.parse(variable)) }];
  });
}

/** Every process that works below a directory or was told of it, whoever started it. */
export function processesOf(directory: string): string[] {
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

/** Empty where the process is gone meanwhile. @see https://man7.org/linux/man-pages/man5/proc.5.html */
function read(pid: number, name: 'cmdline' | 'environ' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
