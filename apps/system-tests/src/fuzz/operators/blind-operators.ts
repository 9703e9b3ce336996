import type { Operator } from './operator.ts';

/** Changes that do not know the format. */
export const blindOperators: Readonly<Record<string, Operator>> = {
  flipBits({ bytes, random }) {
    const copy = Buffer.from(bytes);
    const count = random.pick([1, 2, 8, 32]);
    // Half of them in the headers, which are only a small part of a file.
    const to = random.chance(0.5) ? Math.min(bytes.length, 1_024) : bytes.length;
    for (let flipped = 0; flipped < count && to > 0; flipped += 1) {
      const offset = random.between(0, to - 1);
      copy[offset] = (copy[offset] ?? 0) ^ (1 << random.between(0, 7));
    }
    return { bytes: copy, detail: `${count} bits in the first ${to} bytes` };
  },

  fillRun({ bytes, random }) {
    if (bytes.length === 0) return null;
    const copy = Buffer.from(bytes);
    const start = random.between(0, bytes.length - 1);
    const value = random.pick([0x00, 0xff]);
    const length = random.pick([1, 4, 16, 64, 512, 4_096]);
    copy.fill(value, start, Math.min(bytes.length, start + length));
    return { bytes: copy, detail: `${length} bytes ${value.toString(16)} at ${start}` };
  },

  truncate({ bytes, random }) {
    const length = random.between(0, bytes.length);
    return { bytes: bytes.subarray(0, length), detail: `to ${length} bytes` };
  },

  insertNoise({ bytes, random }) {
    const at = random.between(0, bytes.length);
    const noise = Buffer.from(
      Array.from({ length: random.pick([1, 3, 16, 200]) }, () => random.between(0, 255)),
    );
    return {
      bytes: Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]),
      detail: `${noise.length} bytes at ${at}`,
    };
  },

  splice({ bytes, random, other }) {
    const at = random.between(0, bytes.length);
    const from = random.between(0, other.bytes.length);
    return {
      bytes: Buffer.concat([bytes.subarray(0, at), other.bytes.subarray(from)]),
      detail: `another sample from its byte ${from} at ${at}`,
    };
  },
};
