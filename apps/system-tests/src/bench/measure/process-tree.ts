import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;
/** Behind the name of the program: utime and stime, cutime and cstime. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const ownTimes = [11, 12];
const allTimes = [...ownTimes, 13, 14];

/** A process and all its descendants that run. */
function listProcessTree(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(listProcessTree)];
}

/**
 * The CPU time of a process and of all its descendants, also of those that have ended. Exact only while none of them ends or
 * starts.
 */
export function readTreeCpuSeconds(pid: number): number {
  return listProcessTree(pid).reduce((sum, member) => sum + cpuSecondsOf(member, allTimes), 0);
}

/** The CPU time of a process without its descendants. */
export function readOwnCpuSeconds(pid: number): number {
  return cpuSecondsOf(pid, ownTimes);
}

/** The largest resident memory that a process has had so far; 0 if it has ended. */
export function readPeakMemoryBytes(pid: number): number {
  const kibibytes = /VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0;
  return Number(kibibytes) * 1024;
}

/** Each thread has its own list. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

/** 0 if the process has ended. */
function cpuSecondsOf(pid: number, positions: readonly number[]): number {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return positions.reduce((sum, position) => sum + Number(fields[position] ?? 0), 0) / ticksPerSecond;
}

/** Empty if the process has ended. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
