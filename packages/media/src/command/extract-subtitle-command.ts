import type { EncodePlan, PlannedSubtitleTrack } from '../plan/encode-plan.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';
import { readSource } from './read-source.ts';

/**
 * What is taken of a subtitle stream. `cues` lists the packets that cues are made of, `text` is their payload, one behind
 * the other; `source-cues` and `source-text` are the same of what a decoder was given; `header` is an ASS script's.
 */
export type SubtitlePart = 'cues' | 'text' | 'source-cues' | 'source-text' | 'header';

/**
 * Codecs whose packets hold nothing but text. They are not decoded: ffmpeg's decoders drop cues that are not UTF-8 and
 * tags that they do not know. All others become ASS, the one form that decoders give.
 */
const textPacketCodecs = new Set(['subrip', 'text', 'webvtt', 'ass']);

/** The parts that are there for a track. */
export function subtitlePartsOf({ codec }: Pick<PlannedSubtitleTrack, 'codec'>): SubtitlePart[] {
  if (codec === 'ass') return ['cues', 'text', 'header'];
  return isTextPacketCodec(codec) ? ['cues', 'text'] : ['cues', 'text', 'source-cues', 'source-text'];
}

/**
 * Every text subtitle of the plan, in one run; ffmpeg shifts the file's start to 0 for these cues exactly as it does for
 * video and audio. Bytes pass as they are: `readCuePackets` and `convertSubtitles` make WebVTT of them.
 */
export function extractSubtitleCommand(
  plan: EncodePlan,
  {
    sourcePath,
    targetFor,
  }: { sourcePath: string; targetFor: (trackId: string, part: SubtitlePart) => string },
): FfmpegCommand {
  const source = readSource(
    plan,
    sourcePath,
    plan.subtitles.map(({ streamIndex }) => streamIndex),
  );
  return {
    ...source,
    input: source.input.map(({ path, options }) => ({
      path,
      // Neither converted nor checked: a decoder drops what is not UTF-8.
      options: [...options, '-sub_charenc_mode', 'ignore'],
    })),
    outputs: plan.subtitles.flatMap((track) =>
      subtitlePartsOf(track).map((part) => ({
        target: targetFor(track.id, part),
        options: ['-map', `0:${track.streamIndex}`, '-c', codecOf(track, part), '-f', formats[part]],
      })),
    ),
  };
}

const formats: Record<SubtitlePart, string> = {
  cues: 'framecrc',
  text: 'data',
  'source-cues': 'framecrc',
  'source-text': 'data',
  header: 'ass',
};

function codecOf({ codec }: PlannedSubtitleTrack, part: SubtitlePart): string {
  return isTextPacketCodec(codec) || part === 'source-cues' || part === 'source-text' ? 'copy' : 'ass';
}

function isTextPacketCodec(codec: string | null): boolean {
  return codec !== null && textPacketCodecs.has(codec);
}
