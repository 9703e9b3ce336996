import { readFile } from 'node:fs/promises';
import { defaultLadderConfig, type LadderConfig, ladderConfigSchema } from '@fyrestream/events';
import { UsageError } from '../usage-error.ts';

/**
 * Reads a ladder from a JSON file with the format of `fyrestream:ladder`; the default ladder where no file is named.
 * @throws UsageError `bad-ladder`, naming each field that is wrong
 */
export async function readLadder(typed: string | undefined): Promise<LadderConfig> {
  if (typed === undefined) return defaultLadderConfig;
  const text = await readFile(typed, 'utf8').catch(() => {
    throw new UsageError('bad-ladder', `${typed} cannot be read.`);
  });
  const ladder = ladderConfigSchema.safeParse(parse(text, typed));
  if (ladder.success) return ladder.data;
  const faults = ladder.error.issues.map(({ path, message }) => `${fieldName(path)}: ${message}`);
  throw new UsageError('bad-ladder', `${typed} is not a valid ladder: ${faults.join('; ')}.`);
}

function parse(text: string, typed: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError('bad-ladder', `${typed} is not JSON.`);
  }
}

/** `ladders[0].rungs[1].shortEdgePixels` */
function fieldName(path: readonly PropertyKey[]): string {
  const name = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  return name || 'whole file';
}
