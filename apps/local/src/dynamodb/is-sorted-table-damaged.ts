import { ByteReader } from './byte-reader.ts';
import { decompressSnappy } from './decompress-snappy.ts';
import { leveldbChecksum } from './leveldb-checksum.ts';

const footerBytes = 48;
const magic = Buffer.from('57fb808b247547db', 'hex');
const trailerBytes = 5;

interface BlockHandle {
  readonly offset: number;
  readonly sizeBytes: number;
}

/**
 * Whether a block of a table file (`.ldb`) of LevelDB has a wrong checksum. A file without its end is not damaged: a process
 * that is killed during a compaction leaves one, which LevelDB removes.
 * @see https://github.com/google/leveldb/blob/main/doc/table_format.md
 */
export async function isSortedTableDamaged(bytes: Buffer): Promise<boolean> {
  if (bytes.length < footerBytes || !bytes.subarray(-magic.length).equals(magic)) return false;
  try {
    const footer = new ByteReader(bytes.subarray(-footerBytes));
    const metaindex = readHandle(footer);
    const index = await readBlock(bytes, readHandle(footer));
    if (index === null || (await readBlock(bytes, metaindex)) === null) return true;
    for (const handle of handlesOf(index)) if ((await readBlock(bytes, handle)) === null) return true;
    return false;
  } catch (error) {
    if (error instanceof RangeError) return true;
    throw error;
  }
}

function readHandle(reader: ByteReader): BlockHandle {
  return { offset: reader.variable(), sizeBytes: reader.variable() };
}

/** @returns the content of a block, as it is stored; null where its checksum is wrong */
async function readBlock(
  bytes: Buffer,
  { offset, sizeBytes }: BlockHandle,
): Promise<{ content: Buffer; isCompressed: boolean } | null> {
  const end = offset + sizeBytes;
  if (end + trailerBytes > bytes.length) return null;
  // The type of the block is part of the checksum.
  const checksum = await leveldbChecksum(bytes.subarray(offset, end + 1));
  if (bytes.readUInt32LE(end + 1) !== checksum) return null;
  return { content: bytes.subarray(offset, end), isCompressed: bytes[end] === 1 };
}

/** The blocks that an index block lists. Keys are not needed. */
function handlesOf({ content, isCompressed }: { content: Buffer; isCompressed: boolean }): BlockHandle[] {
  const block = isCompressed ? decompressSnappy(content) : content;
  const restarts = block.readUInt32LE(block.length - 4);
  const entries = new ByteReader(block.subarray(0, block.length - 4 * (restarts + 1)));
  const handles: BlockHandle[] = [];
  while (!entries.isAtEnd) {
    entries.variable();
    const keyBytes = entries.variable();
    const valueBytes = entries.variable();
    entries.take(keyBytes);
    handles.push(readHandle(new ByteReader(entries.take(valueBytes))));
  }
  return handles;
}
