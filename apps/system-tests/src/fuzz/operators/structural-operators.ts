import type { Chunk, SizeField } from '../chunks/chunk.ts';
import type { Operator, OperatorInput, OperatorResult } from './operator.ts';

/** Large files take longer and show nothing more. */
const maxAddedBytes = 64 * 1024;

/** Changes of whole elements. */
export const structuralOperators: Readonly<Record<string, Operator>> = {
  duplicate(input) {
    const chunk = pick(input);
    if (chunk === null) return null;
    const own = input.bytes.subarray(chunk.start, chunk.end);
    const copies = Math.min(input.random.pick([1, 1, 2, 50]), Math.ceil(maxAddedBytes / own.length));
    const inserted = Buffer.concat(Array.from({ length: copies }, () => own));
    return replaced(input, {
      start: chunk.end,
      end: chunk.end,
      inserted,
      detail: `${chunk.name} ${copies} times`,
    });
  },

  remove(input) {
    const chunk = pick(input);
    if (chunk === null) return null;
    return replaced(input, { ...chunk, inserted: Buffer.alloc(0), detail: chunk.name });
  },

  swap(input) {
    const [one, two] = [pick(input), pick(input)];
    if (one === null || two === null) return null;
    const [first, second] = one.start < two.start ? [one, two] : [two, one];
    if (first.end > second.start) return null;
    const { bytes } = input;
    const inserted = Buffer.concat([
      bytes.subarray(second.start, second.end),
      bytes.subarray(first.end, second.start),
      bytes.subarray(first.start, first.end),
    ]);
    return replaced(input, {
      start: first.start,
      end: second.end,
      inserted,
      detail: `${first.name} and ${second.name}`,
    });
  },

  transplant(input) {
    const { random, other } = input;
    const chunk = pick(input);
    if (chunk === null || other.chunks.length === 0) return null;
    const foreign = random.pick(other.chunks);
    const inserted = other.bytes.subarray(foreign.start, foreign.end);
    const start = random.chance(0.5) ? chunk.start : chunk.end;
    return replaced(input, { start, end: chunk.end, inserted, detail: `${foreign.name} into ${chunk.name}` });
  },

  headerOnly({ bytes, chunks, random }) {
    if (chunks.length === 0) return null;
    const chunk = random.pick(chunks);
    const end = random.chance(0.5) ? chunk.bodyStart : chunk.end;
    return { bytes: bytes.subarray(0, end), detail: `up to ${chunk.name}` };
  },

  setSize({ bytes, chunks, random }) {
    const sized = chunks.flatMap(({ name, size }) => (size === null ? [] : [{ name, size }]));
    if (sized.length === 0) return null;
    const { name, size } = random.pick(sized);
    const max = 2n ** BigInt(size.encoding === 'ebml' ? 7 * size.bytes : 8 * size.bytes) - 1n;
    const stored = readSize(bytes, size);
    const value = random.pick([
      0n,
      1n,
      7n,
      8n,
      max,
      max - 1n,
      max >> 1n,
      stored - 1n,
      stored + 1n,
      stored * 2n,
    ]);
    const copy = Buffer.from(bytes);
    writeSize(copy, size, value < 0n ? 0n : value);
    return { bytes: copy, detail: `${name} to ${value}` };
  },
};

function pick({ chunks, random }: OperatorInput): Chunk | null {
  return chunks.length === 0 ? null : random.pick(chunks);
}

/** Replaces bytes; most often the elements around them get their new size, so that a reader comes to the change. */
function replaced(
  { bytes, chunks, random }: OperatorInput,
  { start, end, inserted, detail }: { start: number; end: number; inserted: Buffer; detail: string },
): OperatorResult {
  const result = Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(end)]);
  const delta = inserted.length - (end - start);
  const isRepaired = random.chance(0.7);
  if (isRepaired) {
    for (const { bodyStart, end: parentEnd, size } of chunks) {
      const isParent = bodyStart <= start && end <= parentEnd && start < parentEnd;
      if (size !== null && isParent) writeSize(result, size, readSize(bytes, size) + BigInt(delta));
    }
  }
  return { bytes: result, detail: isRepaired ? `${detail}, with sizes` : detail };
}

function readSize(bytes: Buffer, { offset, bytes: length, encoding }: SizeField): bigint {
  const field = Buffer.from(bytes.subarray(offset, offset + length));
  if (encoding === 'little-endian') field.reverse();
  if (encoding === 'ebml') field[0] = (field[0] ?? 0) & (0xff >> length);
  return BigInt(`0x${field.toString('hex') || '0'}`);
}

/** A value that does not fit loses its upper bits. */
function writeSize(bytes: Buffer, { offset, bytes: length, encoding }: SizeField, value: bigint): void {
  const bits = BigInt(encoding === 'ebml' ? 7 * length : 8 * length);
  const kept = BigInt.asUintN(Number(bits), value) | (encoding === 'ebml' ? 1n << bits : 0n);
  const field = Buffer.from(kept.toString(16).padStart(2 * length, '0'), 'hex');
  if (encoding === 'little-endian') field.reverse();
  bytes.set(field, offset);
}
