import { readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/** CPU time of a process and of all its descendants that have ended. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export function readCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime, stime, cutime and cstime.
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
}
