import type { ProcessLimits } from './process-limits.ts';

/** What this machine offers; it is detected once. */
export interface SandboxFacilities {
  /** `prlimit` of util-linux. */
  readonly hasLimits: boolean;
  /** User and network namespaces without privileges: no network, and no access to the memory of other processes. */
  readonly hasNamespaces: boolean;
}

/** A program with the same path on every system, also in the worker's image. */
export const environmentProgram = '/usr/bin/env';

const hardLimitMargin = 10;
/** The default of 8 MiB counts as memory for each of a hundred threads; other systems give threads 512 KiB. */
const stackBytes = 2 * 1024 ** 2;

/**
 * Arguments of `env` that start `program` in the sandbox. Each of these programs replaces itself by the next one, so that
 * the process has one id, which can be stopped.
 */
export function sandboxArguments(
  { hasLimits, hasNamespaces }: SandboxFacilities,
  limits: ProcessLimits,
  path: string | undefined,
): string[] {
  return [
    // No other variables: those of the worker are not for a process that an upload may control.
    ...['-i', `PATH=${path ?? ''}`, 'LANG=C.UTF-8'],
    ...(hasNamespaces ? ['unshare', '--user', '--map-current-user', '--net'] : []),
    ...(hasLimits
      ? ['prlimit', ...limitOptions(limits), ...(hasNamespaces ? [threadOption(limits)] : [])]
      : []),
  ];
}

function limitOptions({ cpuSeconds, dataBytes, fileBytes, openFiles }: ProcessLimits): string[] {
  return [
    // At the soft limit ffmpeg ends by itself and reports the signal; at the hard limit it is killed.
    `--cpu=${cpuSeconds}:${cpuSeconds + hardLimitMargin}`,
    `--data=${dataBytes}`,
    `--fsize=${fileBytes}`,
    `--nofile=${openFiles}`,
    `--stack=${stackBytes}`,
    '--core=0',
  ];
}

function threadOption({ threads }: ProcessLimits): string {
  return `--nproc=${threads}`;
}
