import { readFile } from 'node:fs/promises';
import { LocalError } from '../../local-error.ts';

/** Collects the stored records that cannot be used, each as a path and what is wrong. */
export type RecordDamage = string[];

/**
 * Reads a stored JSON record. Records are renamed into place when they are complete and on disk, so a record that cannot be
 * used is damage, never a leftover of a crash.
 * @param findProblem what is wrong with the record, in a few words; undefined for a valid one
 * @returns undefined where the file does not exist, or where it is damaged and has been added to `damage`
 */
export async function readStoredRecord<Shape extends object>(
  path: string,
  findProblem: (record: Partial<Shape>) => string | undefined | Promise<string | undefined>,
  damage: RecordDamage,
): Promise<Shape | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') damage.push(`${path} (cannot be read)`);
    return undefined;
  }
  const record = parseObject(text);
  const problem = record === undefined ? 'is no JSON object' : await findProblem(record as Partial<Shape>);
  if (problem === undefined) return record as Shape;
  damage.push(`${path} (${problem})`);
  return undefined;
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const maxNamedRecords = 5;

/** @throws LocalError `objects-damaged` if there is damage */
export function requireNoDamage(dataDirectory: string, damage: RecordDamage): void {
  if (damage.length === 0) return;
  const others = damage.length - maxNamedRecords;
  throw new LocalError({
    code: 'objects-damaged',
    message:
      `The objects in ${dataDirectory} are damaged: ${damage.slice(0, maxNamedRecords).join(', ')}` +
      `${others > 0 ? ` and ${others} more` : ''}. Restore these files from a backup, or move the folder of each away ` +
      'to start without what it contains.',
    retryable: false,
  });
}
