import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSortedTableDamaged } from './is-sorted-table-damaged.ts';
import { leveldbChecksum } from './leveldb-checksum.ts';

const blockBytes = 32_768;
const headerBytes = 7;

/**
 * Checks the files of a LevelDB before it is opened. LevelDB skips damaged records of its log without a word, creates an empty
 * database if the file `CURRENT` is missing, and reads damaged blocks of tables only when they are needed: dynalite then
 * does not answer.
 * @returns what is damaged, in a few words; null if nothing is. A record that a crash cut off is no damage.
 * @see https://github.com/google/leveldb/blob/main/doc/log_format.md
 */
export async function findTableDamage(directory: string): Promise<string | null> {
  if (!existsSync(directory)) return null;
  const names = await readdir(directory);
  const data = names.filter((name) => /^(MANIFEST-\d+|\d+\.(log|ldb|sst))$/.test(name));
  if (data.length === 0) return null;
  if (!names.includes('CURRENT')) return 'its file CURRENT is missing';
  const manifest = (await readFile(join(directory, 'CURRENT'), 'utf8')).trim();
  if (!names.includes(manifest)) return `its file ${manifest.slice(0, 40)} is missing`;
  for (const name of [manifest, ...data.filter((file) => file.endsWith('.log'))]) {
    if (await isLogDamaged(await readFile(join(directory, name))))
      return `its file ${name} contains records with a wrong checksum`;
  }
  for (const name of data.filter((file) => /\.(ldb|sst)$/.test(file))) {
    if (await isSortedTableDamaged(await readFile(join(directory, name))))
      return `its file ${name} contains blocks with a wrong checksum`;
  }
  return null;
}

async function isLogDamaged(bytes: Buffer): Promise<boolean> {
  let offset = 0;
  while (offset + headerBytes <= bytes.length) {
    const leftInBlock = blockBytes - (offset % blockBytes);
    if (leftInBlock < headerBytes) {
      offset += leftInBlock;
      continue;
    }
    const length = bytes.readUInt16LE(offset + 4);
    const type = bytes[offset + 6] ?? 0;
    // Space that was reserved and not written.
    if (type === 0 && length === 0) {
      offset += leftInBlock;
      continue;
    }
    const end = offset + headerBytes + length;
    // Cut off: the last record of a process that was killed.
    if (end > bytes.length) return headerBytes + length > leftInBlock;
    if (type > 4 || headerBytes + length > leftInBlock) return true;
    if (bytes.readUInt32LE(offset) !== (await leveldbChecksum(bytes.subarray(offset + 6, end)))) return true;
    offset = end;
  }
  return false;
}
