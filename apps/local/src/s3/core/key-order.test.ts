import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys, firstIndex } from './key-order.ts';

const key = fc.string({ unit: 'binary', maxLength: 6 });

describe('compareKeys', () => {
  it('orders keys by their UTF-8 bytes', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
});

describe('firstIndex', () => {
  it('finds the first matching key', () => {
    fc.assert(
      fc.property(fc.array(key), key, (keys, bound) => {
        const sorted = [...keys].sort(compareKeys);
        const place = firstIndex(sorted, (one) => compareKeys(one, bound) > 0);
        expect(place).toBe(sorted.filter((one) => compareKeys(one, bound) <= 0).length);
      }),
    );
  });
});
