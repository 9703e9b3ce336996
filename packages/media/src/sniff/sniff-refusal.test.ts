import { describe, expect, it } from 'vitest';
import { sniffRefusal } from './sniff-refusal.ts';

describe('sniffRefusal', () => {
  it('names the detected format, except for an empty file', () => {
    expect(sniffRefusal({ kind: 'refused', code: 'not-media', content: 'text' }).message).toMatch(
      / It is text\.$/,
    );
    expect(sniffRefusal({ kind: 'refused', code: 'empty-file', content: 'nothing' }).message).toBe(
      'The file is empty.',
    );
  });
});
