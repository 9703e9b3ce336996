import { appendFile } from 'node:fs/promises';
import { makeBilingualFilm } from '../players/make-bilingual-film.ts';

/** Of a Void element at the end: several parts of an upload. */
const paddingBytes = 40 * 2 ** 20;

/** The bilingual film with captions, as large as an upload of several parts. */
export async function makeLargeFilm(directory: string): Promise<string> {
  const path = await makeBilingualFilm(directory);
  // https://www.rfc-editor.org/rfc/rfc8794#name-void-element: its id, its size in eight bytes, and content without meaning.
  const header = Buffer.alloc(9);
  header.writeUInt8(0xec);
  header.writeBigUInt64BE(0x01_00_00_00_00_00_00_00n + BigInt(paddingBytes), 1);
  await appendFile(path, header);
  await appendFile(path, Buffer.alloc(paddingBytes));
  return path;
}
