import { embeddedSubtitles } from '../plan/embedded-subtitles.ts';
import type { EncodePlan, PlannedSubtitleTrack } from '../plan/encode-plan.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';
import { sourceInput } from './source-input.ts';

/**
 * The parts that are extracted from a subtitle stream. `cues` lists the packets that contain cues, `text` is the joined
 * payload of these packets; `source-cues` and `source-text` are the same for the packets before decoding; `header` is
 * that of an ASS script.
 */
export type SubtitlePart = 'cues' | 'text' | 'source-cues' | 'source-text' | 'header';

/**
 * Codecs whose packets contain only text. They are not decoded: ffmpeg's decoders drop cues that are not UTF-8 and tags
 * that they do not know. All others become ASS, the only output of ffmpeg's subtitle decoders.
 */
const textPacketCodecs = new Set(['subrip', 'text', 'webvtt', 'ass']);

/** The parts that are extracted for a track. */
export function subtitlePartsOf({ codec }: Pick<PlannedSubtitleTrack, 'codec'>): SubtitlePart[] {
  if (codec === 'ass') return ['cues', 'text', 'header'];
  return isTextPacketCodec(codec) ? ['cues', 'text'] : ['cues', 'text', 'source-cues', 'source-text'];
}

/**
 * Extracts every text subtitle that is a stream of the source in one run; ffmpeg shifts the file's start to 0 for these cues as it does
 * for video and audio. Bytes are not changed: `readCuePackets` and `convertSubtitles` make WebVTT of them.
 */
export function extractSubtitleCommand(
  plan: EncodePlan,
  {
    sourcePath,
    targetFor,
  }: { sourcePath: string; targetFor: (trackId: string, part: SubtitlePart) => string },
): FfmpegCommand {
  const tracks = embeddedSubtitles(plan);
  const source = sourceInput(
    untrimmed(plan),
    sourcePath,
    tracks.map(({ streamIndex }) => streamIndex),
  );
  return {
    ...source,
    input: source.input.map(({ path, options }) => ({
      path,
      // Neither converted nor checked: a decoder drops text that is not UTF-8.
      options: [...options, '-sub_charenc_mode', 'ignore'],
    })),
    outputs: tracks.flatMap((track) =>
      subtitlePartsOf(track).map((part) => ({
        target: targetFor(track.id, part),
        options: ['-map', `0:${track.streamIndex}`, '-c', codecOf(track, part), '-f', formats[part]],
      })),
    ),
  };
}

/** Cues that begin before a trim have times that are not negative: `cutCues` moves them. */
function untrimmed(plan: EncodePlan): EncodePlan {
  const { timeline, trim } = plan;
  if (trim === null) return plan;
  const inputOffsetSeconds = timeline.inputOffsetSeconds + trim.shiftSeconds;
  return { ...plan, timeline: { ...timeline, inputOffsetSeconds } };
}

const formats: Record<SubtitlePart, string> = {
  cues: 'framecrc',
  text: 'data',
  'source-cues': 'framecrc',
  'source-text': 'data',
  header: 'ass',
};

function codecOf({ codec }: Pick<PlannedSubtitleTrack, 'codec'>, part: SubtitlePart): string {
  return isTextPacketCodec(codec) || part === 'source-cues' || part === 'source-text' ? 'copy' : 'ass';
}

function isTextPacketCodec(codec: string | null): boolean {
  return codec !== null && textPacketCodecs.has(codec);
}
