import type { Random } from '../../simulator/create-random.ts';

/** A number of `length` bytes at a limit of its type, or random: 0, 1, the maxima with and without sign, -1. */
export function extremeValue(random: Random, length: number): Buffer {
  const bits = BigInt(8 * length);
  const all = (1n << bits) - 1n;
  const half = 1n << (bits - 1n);
  const noise = () => BigInt(Math.floor(random.next() * 2 ** 32)) & all;
  const value = random.pick([0n, 1n, 2n, all, all - 1n, half, half - 1n, all >> 4n, noise(), noise()]);
  return Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');
}
