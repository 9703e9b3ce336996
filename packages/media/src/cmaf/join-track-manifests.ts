import { segmentFileName } from '@fyrestream/events';
import { packagingError } from './packaging-error.ts';
import type { TrackManifest } from './track-manifest.ts';

/**
 * Joins the manifests of a track's units, given in order of time. The units must have the same init segment, byte for
 * byte, and consecutive segments without gaps or overlaps.
 * @throws FyrestreamError `packaging-failed` if they do not belong together
 */
export function joinTrackManifests(manifests: readonly TrackManifest[]): TrackManifest {
  const [first] = manifests;
  if (first === undefined) throw packagingError('A track needs at least one unit.');
  const facts = JSON.stringify(trackFacts(first));
  for (const [index, manifest] of manifests.entries()) {
    if (JSON.stringify(trackFacts(manifest)) !== facts) {
      throw packagingError(`Unit ${index + 1} of ${first.trackId} was encoded differently from the first.`);
    }
  }
  const segments = manifests.flatMap((manifest) => manifest.segments);
  let expectedTicks = 0;
  for (const [index, segment] of segments.entries()) {
    const expectedName = segmentFileName(index + 1);
    if (segment.fileName !== expectedName || segment.startTicks !== expectedTicks) {
      throw packagingError(
        `The units of ${first.trackId} do not fit together: ${segment.fileName} starts at tick ${segment.startTicks} instead of ${expectedName} at ${expectedTicks}.`,
      );
    }
    expectedTicks += segment.durationTicks;
  }
  const frameCount = manifests.reduce((sum, manifest) => sum + manifest.frameCount, 0);
  return { ...first, segments, frameCount };
}

/** The fields that all units of a track must share, in one order. */
function trackFacts(manifest: TrackManifest) {
  const { segments: _segments, frameCount: _frameCount, ...facts } = manifest;
  return Object.entries(facts).sort(([left], [right]) => (left < right ? -1 : 1));
}
