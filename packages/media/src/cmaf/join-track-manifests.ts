import { segmentFileName } from '@fyrestream/events';
import { packagingError } from './packaging-error.ts';
import type { TrackManifest } from './track-manifest.ts';

/**
 * One manifest for a track whose units were packaged apart, given in the order of time. The units must have
 * the same init segment, byte for byte, and consecutive segments whose times meet exactly.
 * @throws FyrestreamError `packaging-failed` where they do not belong together
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
  let dueTicks = 0;
  for (const [index, segment] of segments.entries()) {
    const dueName = segmentFileName(index + 1);
    if (segment.fileName !== dueName || segment.startTicks !== dueTicks) {
      throw packagingError(
        `The units of ${first.trackId} do not meet: ${segment.fileName} begins at tick ${segment.startTicks} where ${dueName} at ${dueTicks} was due.`,
      );
    }
    dueTicks += segment.durationTicks;
  }
  const frameCount = manifests.reduce((sum, manifest) => sum + manifest.frameCount, 0);
  return { ...first, segments, frameCount };
}

/** What all units of a track must share, in one order of fields. */
function trackFacts(manifest: TrackManifest) {
  const { segments: _segments, frameCount: _frameCount, ...facts } = manifest;
  return Object.entries(facts).sort(([left], [right]) => (left < right ? -1 : 1));
}
