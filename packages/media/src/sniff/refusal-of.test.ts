import { describe, expect, it } from 'vitest';
import { refusalOf } from './refusal-of.ts';

describe('refusalOf', () => {
  it('names what was seen, and of an empty file says no more than that', () => {
    expect(refusalOf({ kind: 'refused', code: 'not-media', content: 'text' }).message).toMatch(
      / It is text\.$/,
    );
    expect(refusalOf({ kind: 'refused', code: 'empty-file', content: 'nothing' }).message).toBe(
      'The file is empty.',
    );
  });
});
