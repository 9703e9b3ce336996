import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Checks the database of fauxqs before it is opened. @returns what is damaged, in a few words; null if nothing is */
export function findQueueDamage(directory: string): string | null {
  const path = join(directory, 'fauxqs.db');
  if (!existsSync(path)) return null;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    const { quick_check: result } = database.prepare('PRAGMA quick_check(1)').get() ?? {};
    return result === 'ok' ? null : String(result);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    database?.close();
  }
}
