import type { LadderConfig } from '@fyrestream/events';
import type { SourceFacts, VideoStream } from '../facts/source-facts.ts';
import type { DroppedRung, PlannedRendition } from './encode-plan.ts';
import { type LadderSource, planLadder } from './plan-ladder.ts';

/** What decides about the renditions of a source, whatever their filters. */
export interface RungsSource extends LadderSource {
  readonly dynamicRange: PlannedRendition['dynamicRange'];
}

/** The renditions of all ladders, and the rungs that the source does not get. */
export function planRungs(
  source: RungsSource,
  { ladders, hdr }: Pick<LadderConfig, 'ladders' | 'hdr'>,
): { renditions: PlannedRendition[]; dropped: DroppedRung[] } {
  const renditions: PlannedRendition[] = [];
  const dropped: DroppedRung[] = [];
  for (const ladder of ladders) {
    const planned = planLadder(source, ladder);
    const isKept = hdr === 'keep' && ladder.codec !== 'h264';
    const dynamicRange = isKept ? source.dynamicRange : 'sdr';
    renditions.push(...planned.renditions.map((rendition) => ({ ...rendition, dynamicRange })));
    dropped.push(...planned.dropped);
  }
  return { renditions, dropped };
}

/** If it is the only stream, the file's bitrate is used as the stream's. */
export function videoBitrateOf(
  { bitrateBitsPerSecond }: VideoStream,
  { video, audio, bitrateBitsPerSecond: ofFile }: SourceFacts,
): number | null {
  const isAlone = video.length === 1 && audio.length === 0;
  return bitrateBitsPerSecond ?? (isAlone ? ofFile : null);
}
