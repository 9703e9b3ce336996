import { readdirSync, readFileSync } from 'node:fs';

/**
 * A process that nothing else can be mistaken for: process ids are used again, but not with the same start time in the
 * same run of the kernel. It leads a session of its own, so its descendants can be told even after its own end.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** In clock ticks since the machine started. */
  readonly startTimeTicks: string;
  readonly bootId: string;
}

/** The identity of a running process, undefined where there is none (or no /proc to ask). */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const facts = readProcess(String(pid));
  return facts && { pid, startTimeTicks: facts.startTimeTicks, bootId: readBootId() };
}

/**
 * Process ids of what is left of a session that the process led: itself, or children that outlived it. While one of them
 * lives, the kernel gives the session's number to nobody else.
 */
export function orphansOf(leader: ProcessIdentity): readonly number[] {
  if (leader.bootId !== readBootId()) return [];
  const present = readProcess(String(leader.pid));
  if (present !== undefined && present.startTimeTicks !== leader.startTimeTicks) return [];
  return listProcesses().filter((pid) => readProcess(String(pid))?.session === leader.pid);
}

/** Process ids of all whose environment contains the text; those of other users cannot be read and are left out. */
export function processesWithEnvironment(text: string): readonly number[] {
  return listProcesses().filter((pid) => readText(`/proc/${pid}/environ`)?.includes(text) ?? false);
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
  // The name in parentheses may hold anything, so count from its end: field 3, the state, comes first.
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
