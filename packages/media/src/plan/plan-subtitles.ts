import type { LeftOut } from '@fyrestream/events';
import type { SubtitleStream } from '../facts/source-facts.ts';
import type { PlannedSubtitleTrack } from './encode-plan.ts';
import { uniqueName } from './plan-audio.ts';

/** Text becomes WebVTT; pictures of text do not, they would have to be read or burned in. */
export function planSubtitles(streams: SubtitleStream[]): {
  tracks: PlannedSubtitleTrack[];
  leftOut: LeftOut[];
} {
  const text = streams.filter((stream) => stream.kind === 'text');
  const names = new Map<string, number>();
  const defaultStream = text.find((stream) => stream.isDefault && stream.isForced);
  return {
    tracks: text.map((stream, position) => ({
      id: `subtitles-${position + 1}`,
      streamIndex: stream.index,
      codec: stream.codec,
      language: stream.language,
      name: uniqueName(
        { ...stream, title: stream.title ?? (stream.language === null ? 'Subtitles' : null) },
        names,
      ),
      // A viewer turns subtitles on; only forced ones (a foreign line in a film) show by themselves.
      isDefault: stream === defaultStream,
      isForced: stream.isForced,
      isHearingImpaired: stream.isHearingImpaired,
      why: `${stream.codec} is text: converted to WebVTT`,
    })),
    leftOut: streams
      .filter((stream) => stream.kind !== 'text')
      .map((stream) => ({
        streamIndex: stream.index,
        kind: 'subtitle',
        why:
          stream.kind === 'bitmap'
            ? `${stream.codec} subtitles are pictures: they cannot become WebVTT without reading them, and are not burned in`
            : `no decoder turns ${stream.codec ?? 'an unknown codec'} into text`,
      })),
  };
}
