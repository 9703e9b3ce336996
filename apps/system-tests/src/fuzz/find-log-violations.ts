import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Violation } from '../violations/violation.ts';

/** Logged at the level `error` for a file that is refused; the job has the reason. */
const expectedErrors = new Set(['attempt-failed']);
/** A sweep on a busy machine; its message is received again. What a file does to the invoker ends far earlier. */
const timeout = 'Sandbox.Timedout';

/** Errors and what was printed past the logger, as the stack of a crash, in the logs of all parts. */
export async function findLogViolations(directory: string): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const name of await readdir(directory)) {
    const lines = (await readFile(join(directory, name), 'utf8')).split('\n');
    const wrong = lines.filter((line) => line !== '' && isWrong(line));
    violations.push(
      ...wrong.map((line): Violation => ({ kind: 'wrong', message: `${name} has: ${line.slice(0, 500)}` })),
    );
  }
  return violations;
}

function isWrong(line: string): boolean {
  try {
    const { level, msg, reason } = JSON.parse(line);
    const isExpected = expectedErrors.has(msg) || String(reason?.message).includes(timeout);
    return level === 'fatal' || (level === 'error' && !isExpected);
  } catch {
    return true;
  }
}
