import type { FfprobeStream } from './ffprobe-output.ts';
import { languageTag } from './language-tag.ts';

/** The fields that streams of every kind have. */
export function streamFacts(stream: FfprobeStream) {
  return {
    index: stream.index,
    codec:
      stream.codec_name === 'unknown' || stream.codec_name === 'none' ? null : (stream.codec_name ?? null),
    language: languageTag(stream.tags.get('language')),
    title: stream.tags.get('title')?.trim().slice(0, 100) || null,
    isDefault: stream.disposition.default === 1,
    startSeconds: stream.start_time ?? null,
    durationSeconds: stream.duration ?? null,
    bitrateBitsPerSecond: stream.bit_rate ?? statisticsBitrate(stream),
    isEncrypted: encryptedTags.has(stream.codec_tag_string ?? ''),
    hasEncryptionData: stream.side_data_list.some((entry) => entry.side_data_type.startsWith('Encryption')),
  };
}

/** Sample entries of ISO common encryption and of Apple's FairPlay. */
const encryptedTags = new Set(['encv', 'enca', 'drmi', 'drms', 'drmt']);

/** mkvmerge writes this tag; Matroska has no field for it. */
function statisticsBitrate(stream: FfprobeStream): number | null {
  const bitsPerSecond = Number(stream.tags.get('bps') ?? stream.tags.get('bps-eng'));
  return Number.isFinite(bitsPerSecond) && bitsPerSecond > 0 ? bitsPerSecond : null;
}
