import { FyrestreamError } from '@fyrestream/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFragmentedMp4, type StreamDescription } from '../../test/build-fragmented-mp4.ts';
import { readBoxes } from './boxes.ts';
import { createTrackPackager } from './create-track-packager.ts';
import { joinTrackManifests } from './join-track-manifests.ts';

/** GOPs of 2.002 s, three per segment. */
const description: Omit<StreamDescription, 'fragments'> = {
  kind: 'video',
  timescale: 30_000,
  frameTicks: 1001,
  delayFrames: 2,
  frameBytes: () => 5,
};
const segmentDurationSeconds = { numerator: 180_180, denominator: 30_000 };

/** A unit of whole segments, optionally with more frames; its stream starts at zero like every stream. */
function packageUnit(frames: number, firstSegmentNumber: number, changes: Partial<StreamDescription> = {}) {
  const fragments = Array.from({ length: Math.ceil(frames / 60) }, (_, gop) =>
    Math.min(60, frames - gop * 60),
  );
  const packager = createTrackPackager({
    trackId: 'video-720p',
    kind: 'video',
    segmentDurationSeconds,
    firstSegmentNumber,
  });
  const stream = buildFragmentedMp4({ ...description, fragments, ...changes });
  const files = [...packager.push(stream), ...packager.end()];
  return { files, manifest: packager.manifest() };
}

function decodeTimes(segments: Uint8Array) {
  return readBoxes(segments)
    .filter((box) => box.type === 'moof')
    .map((box) => {
      const bytes = segments.subarray(box.offset, box.offset + box.sizeBytes);
      const start = bytes.findIndex(
        (_, index) => String.fromCharCode(...bytes.subarray(index, index + 4)) === 'tfdt',
      );
      return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(start + 8);
    });
}

describe('joining units', () => {
  it('returns the manifest of the whole track, wherever the track was split', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 0, maxLength: 4 }),
        // A unit ends with what is too short for a last segment.
        fc.integer({ min: 15, max: 400 }),
        (unitSegments, lastFrames) => {
          const units = [];
          let segments = 0;
          for (const count of unitSegments) {
            units.push(packageUnit(count * 180, segments + 1));
            segments += count;
          }
          units.push(packageUnit(lastFrames, segments + 1));
          const whole = packageUnit(segments * 180 + lastFrames, 1);

          expect(joinTrackManifests(units.map((unit) => unit.manifest))).toEqual(whole.manifest);
          const times = units.map((unit) => unit.files.slice(1).flatMap((file) => decodeTimes(file.bytes)));
          expect(times.flat()).toEqual(whole.files.slice(1).flatMap((file) => decodeTimes(file.bytes)));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('changes only decode times and sequence numbers in the bytes of a later unit', () => {
    const later = packageUnit(180, 4).files[1]?.bytes ?? new Uint8Array();
    const first = packageUnit(180, 1).files[1]?.bytes ?? new Uint8Array();
    const different = first.reduce((count, byte, index) => count + Number(byte !== later[index]), 0);
    expect(later).toHaveLength(first.length);
    expect(different).toBeLessThanOrEqual(3 * 8);
  });

  const first = packageUnit(360, 1).manifest;
  it.each([
    ['an empty list', []],
    ['a missing unit', [first, packageUnit(180, 4).manifest]],
    ['a repeated unit', [first, first]],
    ['units in the wrong order', [packageUnit(180, 3).manifest, first]],
    ['a missing first unit', [packageUnit(180, 3).manifest]],
    ['a unit with one frame too many', [packageUnit(361, 1).manifest, packageUnit(180, 3).manifest]],
    ['a unit with one frame too few', [packageUnit(359, 1).manifest, packageUnit(180, 3).manifest]],
    ['another encoder delay', [first, packageUnit(180, 3, { delayFrames: 0 }).manifest]],
  ])('refuses %s', (_case, manifests) => {
    expect(() => joinTrackManifests(manifests)).toThrow(FyrestreamError);
  });

  it('returns the manifest of a single unit unchanged', () => {
    expect(joinTrackManifests([first])).toEqual(first);
  });
});
