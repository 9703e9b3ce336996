import { mediaCeilings } from '../ceilings/media-ceilings.ts';
import { requireFactCeilings } from '../ceilings/require-fact-ceilings.ts';
import { readChapters } from '../chapters/read-chapters.ts';
import { MediaRefusal } from '../media-refusal.ts';
import type { PidMove } from '../transport-stream/find-moved-streams.ts';
import { readAudioRole } from './audio-role.ts';
import { type FfprobeFormat, type FfprobeStream, ffprobeOutputSchema } from './ffprobe-output.ts';
import { readVideoStream } from './read-video-stream.ts';
import type { AudioStream, SourceFacts, SubtitleStream } from './source-facts.ts';
import { streamFacts } from './stream-facts.ts';
import { subtitleKind } from './subtitle-kind.ts';

const { streams: maxStreams, attachments: maxAttachments } = mediaCeilings;

/** What has to be done to a source before it can be read. */
interface SourceRepair {
  leadingBytes?: number | undefined;
  pidMoves?: PidMove[];
}

/**
 * Parses the output of `probeArguments`; unknown fields are ignored.
 * @throws MediaRefusal `unreadable-media` if it describes no container; `too-many-streams` and others above a ceiling
 */
export function readSourceFacts(
  ffprobeJson: unknown,
  demuxer: string | null,
  { leadingBytes = 0, pidMoves = [] }: SourceRepair = {},
): SourceFacts {
  const parsed = ffprobeOutputSchema.safeParse(ffprobeJson);
  if (!parsed.success) throw new MediaRefusal('unreadable-media', undefined, parsed.error);
  const { format, frames, programs, chapters } = parsed.data;
  const attachmentCount = parsed.data.streams.filter(isAttachment).length;
  // Of a stream that was joined to another only its entry in the program map is left.
  const joined = new Set(pidMoves.map(({ fromPid }) => fromPid));
  const streams = parsed.data.streams.filter(
    (stream) => !isAttachment(stream) && !joined.has(Number(stream.id)),
  );
  if (streams.length > maxStreams || attachmentCount > maxAttachments) {
    throw new MediaRefusal(
      'too-many-streams',
      streams.length > maxStreams
        ? `It has ${streams.length}, at most ${maxStreams} are accepted.`
        : `It has ${attachmentCount} attachments, at most ${maxAttachments} are accepted.`,
    );
  }
  // ffmpeg's first name of a format is that of the demuxer: `mov` of `mov,mp4,m4a,3gp,3g2,mj2`.
  const openedBy = demuxer ?? format.format_name.replace(/,.*/, '');
  const ofKind = (kind: string) => streams.filter((stream) => stream.codec_type === kind);
  const carried = new Set(['video', 'audio', 'subtitle']);
  const facts: SourceFacts = {
    version: 1,
    demuxer: openedBy,
    container: format.format_name,
    leadingBytes,
    pidMoves,
    sizeBytes: format.size ?? null,
    durationSeconds: durationOf(format, openedBy),
    startSeconds: format.start_time ?? null,
    bitrateBitsPerSecond: format.bit_rate ?? null,
    video: ofKind('video').flatMap((stream) => {
      const own = frames.filter((frame) => frame.stream_index === stream.index);
      return readVideoStream(stream, own) ?? [];
    }),
    audio: ofKind('audio').map(readAudioStream),
    subtitles: ofKind('subtitle').map(readSubtitleStream),
    data: streams
      .filter((stream) => !carried.has(stream.codec_type))
      .map((stream) => ({
        index: stream.index,
        kind: stream.codec_name ?? stream.codec_tag_string ?? 'unknown',
      })),
    unreadable: ofKind('video')
      .filter((stream) => readVideoStream(stream, []) === null)
      .map((stream) => ({ index: stream.index, codec: streamFacts(stream).codec })),
    attachmentCount,
    chapterCount: chapters.length,
    chapters: readChapters(chapters),
    programs: programs.map((program) => ({
      id: program.program_id,
      name: program.tags.get('service_name')?.trim().slice(0, 100) || null,
      streamIndexes: program.streams.map(({ index }) => index),
    })),
  };
  requireFactCeilings(facts);
  return facts;
}

function isAttachment({ codec_type }: FfprobeStream): boolean {
  return codec_type === 'attachment';
}

/**
 * The Duration of Matroska is the end of the last block; the first block may start later, for example at the time of
 * day.
 */
function durationOf({ duration, start_time }: FfprobeFormat, demuxer: string): number | null {
  if (duration === undefined) return null;
  const start = demuxer === 'matroska' ? Math.max(0, start_time ?? 0) : 0;
  return Math.max(0, duration > start ? duration - start : duration);
}

function readAudioStream(stream: FfprobeStream): AudioStream {
  const facts = streamFacts(stream);
  return {
    ...facts,
    channels: stream.channels ?? 0,
    channelLayout: stream.channel_layout === 'unknown' ? null : (stream.channel_layout ?? null),
    sampleRateHertz: stream.sample_rate ?? 0,
    role: readAudioRole(stream.disposition, facts.title),
  };
}

function readSubtitleStream(stream: FfprobeStream): SubtitleStream {
  return {
    ...streamFacts(stream),
    kind: subtitleKind(stream.codec_name),
    isForced: stream.disposition.forced === 1,
    isHearingImpaired: stream.disposition.hearing_impaired === 1,
  };
}
