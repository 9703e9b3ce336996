import { initFileName, segmentFileTemplate } from '@fyrestream/events';
import type { TrackManifest } from '../cmaf/track-manifest.ts';
import { element, type XmlElement } from './xml.ts';

/**
 * SegmentTemplate with the exact times of every segment; consecutive equal durations are one S. Source: ISO/IEC
 * 23009-1, 5.3.9.4 and 5.3.9.6.
 */
export function segmentTemplate(track: TrackManifest): XmlElement {
  const runs: { startTicks: number; durationTicks: number; repeats: number }[] = [];
  for (const { startTicks, durationTicks } of track.segments) {
    const run = runs.at(-1);
    if (run?.durationTicks === durationTicks) run.repeats += 1;
    else runs.push({ startTicks, durationTicks, repeats: 0 });
  }
  const timeline = runs.map(({ startTicks, durationTicks, repeats }, index) =>
    element('S', { t: index === 0 ? startTicks : null, d: durationTicks, r: repeats > 0 ? repeats : null }),
  );
  return element(
    'SegmentTemplate',
    {
      timescale: track.timescale,
      initialization: `$RepresentationID$/${initFileName}`,
      media: `$RepresentationID$/${segmentFileTemplate}`,
      startNumber: 1,
    },
    element('SegmentTimeline', {}, ...timeline),
  );
}
