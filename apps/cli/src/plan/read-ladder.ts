import { describeIssues, type LadderConfig, ladderConfigSchema } from '@fyrestream/events';
import { readDocument } from '../config/read-document.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Reads a ladder from a YAML or JSON file with the format of `fyrestream:ladder`.
 * @throws UsageError `bad-ladder`, naming each field that is wrong
 */
export async function readLadder(typed: string): Promise<LadderConfig> {
  const document = await readDocument(typed, 'bad-ladder');
  const ladder = ladderConfigSchema.safeParse(document, { reportInput: true });
  if (ladder.success) return ladder.data;
  const faults = describeIssues(ladder.error, '');
  throw new UsageError('bad-ladder', `${typed} is not a valid ladder: ${faults.join('; ')}.`);
}
