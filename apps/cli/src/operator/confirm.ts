import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { toOneLine } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Asks a question once and continues only after `y` or `yes`.
 * @param interrupted its reason is thrown
 * @throws UsageError `not-confirmed` after any other answer, and where nobody can answer
 */
export async function confirm(question: string, interrupted: AbortSignal): Promise<void> {
  const { stdin: input, stderr: output } = process;
  if (!input.isTTY || !output.isTTY) {
    throw new UsageError('not-confirmed', `${question} Add --yes to do it.`);
  }
  output.write(`${toOneLine(question)} [y/N] `);
  // In its own mode the terminal sends SIGINT for Ctrl-C.
  const lines = createInterface({ input, terminal: false });
  const answered = once(lines, 'line', { signal: interrupted }).then(([line]) => String(line));
  const closed = once(lines, 'close', { signal: interrupted }).then(() => '');
  try {
    const answer = await Promise.race([answered, closed]);
    if (/^y(es)?$/i.test(answer.trim())) return;
  } catch (error) {
    interrupted.throwIfAborted();
    throw error;
  } finally {
    lines.close();
  }
  throw new UsageError('not-confirmed', 'Nothing was deleted.');
}
