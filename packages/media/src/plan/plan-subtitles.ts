import type { LeftOut } from '@fyrestream/events';
import type { SubtitleStream } from '../facts/source-facts.ts';
import type { PlannedSubtitleTrack } from './encode-plan.ts';
import { uniqueName } from './plan-audio.ts';

/** Text becomes WebVTT; images do not, they would need text recognition or burning in. */
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
      captionKey: null,
      codec: stream.codec,
      language: stream.language,
      name: uniqueName(
        { ...stream, title: stream.title ?? (stream.language === null ? 'Subtitles' : null) },
        names,
      ),
      // Viewers turn subtitles on; only forced ones (foreign dialogue in a film) show by themselves.
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
            ? `${stream.codec} subtitles are images: WebVTT would need text recognition, and they are not burned in`
            : `no decoder converts ${stream.codec ?? 'an unknown codec'} to text`,
      })),
  };
}
