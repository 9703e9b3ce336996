import { spawnSync } from 'node:child_process';
import { straceArguments } from './strace-arguments.ts';

/** What this machine needs for the attack suite, as a sentence; null if processes can be traced here. */
export function whyTracingIsMissing(): string | null {
  const { error, status, stderr } = spawnSync('strace', [...straceArguments('/dev/null'), 'true'], {
    encoding: 'utf8',
  });
  if (error !== undefined)
    return 'needs Linux and strace (Debian: sudo apt-get install --no-install-recommends strace)';
  if (status === 0) return null;
  return `needs permission to trace processes (Docker: --cap-add SYS_PTRACE); strace says: ${stderr.trim().slice(0, 200)}`;
}
