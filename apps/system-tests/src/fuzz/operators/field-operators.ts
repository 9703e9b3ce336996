import type { Chunk } from '../chunks/chunk.ts';
import { extremeValue } from './extreme-value.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * Elements with times, counts and layouts: sample tables, edit lists, track headers, timecode scales, stream formats. The
 * identifiers of Matroska are hexadecimal: scale, duration, default duration, timestamp, codec delay, lacing flag.
 */
const tableNames =
  /(elst|stts|ctts|stsc|stsz|stco|stss|stsd|mvhd|mdhd|tkhd|trun|tfhd|tfdt|trex|sidx|tmcd|2ad7b1|4489|23e383|e7|56aa|9c|9b|b0|ba|b5|9f|83|86|63a2|fmt |strh|strf|avih|idx1|script|packet \d+)$/;
const blockNames = /(SimpleBlock|Block)$/;
/** Numbers that matter stand at the start of an element. */
const headBytes = 64;

/** Changes of numbers inside elements. */
export const fieldOperators: Readonly<Record<string, Operator>> = {
  setTableField: (input) =>
    setField(
      input,
      input.chunks.filter(({ name }) => tableNames.test(name)),
    ),

  setAnyField: (input) => setField(input, input.chunks),

  /** A run of extremes: several entries of a table at once. */
  setTable(input) {
    const { random } = input;
    const tables = input.chunks.filter(({ name }) => tableNames.test(name));
    if (tables.length === 0) return null;
    const { name, bodyStart, end } = random.pick(tables);
    const bytes = Buffer.from(input.bytes);
    const length = random.pick([4, 8]);
    const value = extremeValue(random, length);
    const from = bodyStart + 4 * random.between(0, 4);
    for (let offset = from; offset + length <= end; offset += length) bytes.set(value, offset);
    return { bytes, detail: `${name} from ${from - bodyStart} filled with ${value.toString('hex')}` };
  },

  /** Time, flags and lacing of a block of Matroska. Source: RFC 9559, section 10. */
  setBlockHead({ bytes, chunks, random }) {
    const blocks = chunks.filter(({ name, bodyStart, end }) => blockNames.test(name) && end - bodyStart >= 8);
    if (blocks.length === 0) return null;
    const { name, bodyStart } = random.pick(blocks);
    const copy = Buffer.from(bytes);
    if (random.chance(0.5)) copy.set(extremeValue(random, 2), bodyStart + 1);
    // Lacing: Xiph, fixed size or EBML, then the number of frames and their sizes.
    copy[bodyStart + 3] = (copy[bodyStart + 3] ?? 0) | random.pick([0x02, 0x04, 0x06]);
    if (random.chance(0.7)) copy.set(extremeValue(random, 2), bodyStart + 4);
    return { bytes: copy, detail: `${name} at ${bodyStart}` };
  },
};

function setField({ bytes, random }: OperatorInput, chunks: readonly Chunk[]) {
  const filled = chunks.filter(({ bodyStart, end }) => end > bodyStart);
  if (filled.length === 0) return null;
  const { name, bodyStart, end } = random.pick(filled);
  const bodyBytes = end - bodyStart;
  const length = random.pick([1, 2, 4, 4, 4, 8].filter((one) => one <= bodyBytes));
  const within = random.chance(0.8) ? Math.min(bodyBytes, headBytes) : bodyBytes;
  const step = random.chance(0.7) ? Math.min(4, length) : 1;
  const offset = step * random.between(0, Math.floor((within - length) / step));
  const value = extremeValue(random, length);
  const copy = Buffer.from(bytes);
  copy.set(value, bodyStart + offset);
  return { bytes: copy, detail: `${name} byte ${offset} to ${value.toString('hex')}` };
}
