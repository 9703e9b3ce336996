import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Identifies one process uniquely: process ids are reused, but not with the same start time in the same boot. The process
 * leads its own session, so its descendants can be found even after it has ended.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** In clock ticks since the machine started. */
  readonly startTimeTicks: string;
  readonly bootId: string;
}

/** The identity of a running process; undefined where it has ended, or where the system has no /proc. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const facts = readProcess(String(pid));
  return facts && { pid, startTimeTicks: facts.startTimeTicks, bootId: readBootId() };
}

/**
 * The process ids of the session of a process: itself, and children that still run. While one of them runs, the kernel does
 * not reuse the session id.
 */
export function findSessionProcesses(leader: ProcessIdentity): readonly number[] {
  if (leader.bootId !== readBootId()) return [];
  const present = readProcess(String(leader.pid));
  if (present !== undefined && present.startTimeTicks !== leader.startTimeTicks) return [];
  return listProcesses().filter((pid) => readProcess(String(pid))?.session === leader.pid);
}

/** The process ids of all processes whose working directory it is, except those of other users, which cannot be read. */
export function findProcessesIn(directory: string): readonly number[] {
  return listProcesses().filter((pid) => workingDirectoryOf(pid) === directory);
}

function workingDirectoryOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function listProcesses(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function readProcess(pid: string): { session: number; startTimeTicks: string } | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name in parentheses may contain any characters, so fields are counted from its end: the first is field 3, the state.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, session, startTimeTicks] = [fields[0], fields[3], fields[19]];
  if (state === 'Z' || session === undefined || startTimeTicks === undefined) return undefined;
  return { session: Number(session), startTimeTicks };
}

function readBootId(): string {
  return readText('/proc/sys/kernel/random/boot_id')?.trim() ?? 'unknown';
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
