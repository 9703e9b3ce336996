import { describe, expect, it } from 'vitest';
import { addJpegComment } from './add-jpeg-comment.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('addJpegComment', () => {
  it('keeps the JFIF segment first', () => {
    const jpeg = Buffer.from('ffd8ffe00004aabbffdb0003ccffd9', 'hex');
    expect(hex(addJpegComment(jpeg, 'ab'))).toBe('ffd8ffe00004aabbfffe00046162ffdb0003ccffd9');
  });

  it('makes the same image different in two versions', () => {
    const jpeg = Buffer.from('ffd8ffdb0003ccffd9', 'hex');
    expect(hex(addJpegComment(jpeg, 'one/1/'))).not.toBe(hex(addJpegComment(jpeg, 'two/1/')));
  });

  it('returns bytes that are no JPEG unchanged', () => {
    expect(hex(addJpegComment(Buffer.from('89504e47', 'hex'), 'ab'))).toBe('89504e47');
  });
});
