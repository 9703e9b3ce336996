import { describe, expect, it } from 'vitest';
import type { FrameRange } from '../plan/encode-plan.ts';
import { type EncodedPart, findInexactness } from './find-inexactness.ts';

/** The second unit of 12 s at 25 frames per second. */
const range: FrameRange = {
  ...{ zeroSeconds: 1.4, firstSegmentNumber: 3, firstFrame: 300, endFrame: 600 },
  ...{ decodeFromSeconds: 9.4, decodeUntilSeconds: 24.4, ownFromSeconds: 11.98, ownUntilSeconds: 23.98 },
  fileParts: null,
  openingWarnings: 0,
  sourceFrames: { count: 300, firstSeconds: 12, lastSeconds: 23.96, meanSeconds: 17.98 },
};
const exact: EncodedPart = {
  sourceFrames: range.sourceFrames,
  frameCount: 300,
  warnings: { errors: 0, corrupt: 0, examples: [] },
};
const findFor = (changes: Partial<EncodedPart>, of: Partial<FrameRange> = {}) =>
  findInexactness({ ...range, ...of }, { ...exact, ...changes });
const decoded = (changes: Partial<FrameRange['sourceFrames']>) => ({
  sourceFrames: { ...range.sourceFrames, ...changes },
});
const errors = { warnings: { errors: 2, corrupt: 1, examples: [] } };

describe('findInexactness', () => {
  it('finds nothing in a unit with each frame at its time', () => {
    expect(findFor({})).toBeNull();
    expect(findFor(decoded({ firstSeconds: 12.001, lastSeconds: 23.9605 }))).toBeNull();
  });

  it.each<[string, Partial<EncodedPart>, string]>([
    ['a missing frame', decoded({ count: 299 }), 'it decoded 299 of its 300 frames'],
    ['a frame too many', decoded({ count: 301 }), 'it decoded 301 of its 300 frames'],
    ['no frame', { ...decoded({ count: 0 }), frameCount: 0 }, 'it decoded 0 of its 300 frames'],
    [
      'a first frame that is another one',
      decoded({ firstSeconds: 12.04 }),
      'its frames are at other times (firstSeconds is 12.04, not 12)',
    ],
    [
      'a frame that is missing and another one that is doubled',
      decoded({ meanSeconds: 17.985 }),
      'its frames are at other times (meanSeconds is 17.985, not 17.98)',
    ],
    ['frames that the encoders did not get', { frameCount: 299 }, 'it has 299 frames, not 300'],
    ['errors behind a key frame', errors, 'its decoder reported 3 errors'],
  ])('finds %s', (_, changes, because) => {
    expect(findFor(changes)).toBe(because);
  });

  it('accepts any number of frames at the end of the video, but not none', () => {
    expect(findFor({ frameCount: 17 }, { endFrame: null })).toBeNull();
    expect(findFor({ frameCount: 0 }, { endFrame: null })).toBe('it has 0 frames, not one or more');
  });

  it('accepts the errors of opening the file, which concern its beginning, but no others', () => {
    expect(findFor(errors, { openingWarnings: 3 })).toBeNull();
    expect(findFor(errors, { openingWarnings: 2 })).toBe('its decoder reported 1 errors');
  });

  it('accepts errors if it decoded from the beginning: a recording that begins between key frames has them', () => {
    expect(findFor(errors, { decodeFromSeconds: null })).toBeNull();
  });
});
