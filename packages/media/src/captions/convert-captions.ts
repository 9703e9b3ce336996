import { requireCueCeilings } from '../ceilings/require-cue-ceilings.ts';
import { MediaRefusal } from '../media-refusal.ts';
import type { EncodePlan } from '../plan/encode-plan.ts';
import { type ConvertedSubtitles, convertSubtitles } from '../subtitles/convert-subtitles.ts';
import { guessTextEncoding } from '../subtitles/guess-text-encoding.ts';
import { createPace, type Pace, type Pause } from '../subtitles/pace.ts';
import type { CuePacket } from '../subtitles/read-cue-packets.ts';
import { cutCues } from '../trim/cut-cues.ts';
import { CaptionRefusal } from './caption-refusal.ts';
import { decodeCaptionFile } from './decode-caption-file.ts';
import { readTimedText } from './read-timed-text.ts';
import { readTtml } from './read-ttml.ts';

export interface CaptionSource {
  readonly bytes: Uint8Array;
  /** BCP 47, or null; it decides which encoding is assumed if the file has none of Unicode. */
  readonly language: string | null;
  /** Of the video; null if unknown. */
  readonly durationSeconds: number | null;
  /** Of the video; its times are those of the whole video. */
  readonly trim?: EncodePlan['trim'];
}

export interface ConvertedCaptions extends ConvertedSubtitles {
  readonly format: 'SubRip' | 'WebVTT' | 'TTML';
  /** A label of the WHATWG Encoding Standard. */
  readonly encoding: string;
  /** What of the file is not in the WebVTT, for people. */
  readonly leftOut: readonly string[];
}

/**
 * Converts a caption file to WebVTT. Its content decides what it is, not its name.
 * @param pause is awaited now and then, as a large file needs seconds
 * @throws CaptionRefusal
 */
export async function convertCaptions(source: CaptionSource, pause: Pause): Promise<ConvertedCaptions> {
  const pace = createPace(pause);
  const { bytes, unicodeEncoding } = decodeCaptionFile(source.bytes);
  const read = await readCues(bytes, source.language, pace);
  const { format, damagedCount } = read;
  if (read.packets.length === 0) throw new CaptionRefusal('caption-without-cues');
  const ofTrim = cutCues(read.packets, source.trim ?? null);
  const packets = withinVideo(ofTrim, source.durationSeconds);
  if (packets.length === 0)
    throw new CaptionRefusal('caption-too-late', `it plays ${Math.round(source.durationSeconds ?? 0)} s`);
  requireCeilings(packets);
  const { webVtt, report } = await convertSubtitles(
    { codec: read.codec, language: source.language, packets, source: packets, header: '' },
    pace,
  );
  if (report.cueCount === 0) throw new CaptionRefusal('caption-without-text');
  const encoding = unicodeEncoding ?? read.encoding ?? report.legacyEncoding ?? 'utf-8';
  const lateCount = ofTrim.length - packets.length;
  return {
    webVtt,
    report: { ...report, legacyEncoding: report.legacyEncoding ?? read.encoding },
    format,
    encoding,
    leftOut: [
      ...(damagedCount > 0 ? [`cues whose times cannot be read: ${damagedCount}`] : []),
      ...(lateCount > 0 ? [`cues that begin after the end of the video: ${lateCount}`] : []),
    ],
  };
}

interface ReadCues {
  readonly format: ConvertedCaptions['format'];
  /** How `convertSubtitles` reads the bytes of the packets. */
  readonly codec: 'subrip' | 'webvtt';
  readonly packets: readonly CuePacket[];
  readonly damagedCount: number;
  /** Of the whole file if it was decoded as a whole and is not UTF-8; null otherwise. */
  readonly encoding: string | null;
}

async function readCues(bytes: Uint8Array, language: string | null, pace: Pace): Promise<ReadCues> {
  const beginning = new TextDecoder().decode(bytes.subarray(0, sniffedBytes)).trimStart();
  if (/^<(\?xml|!--|!DOCTYPE|([\w-]+:)?tt[\s>])/i.test(beginning)) {
    const { text, encoding } = await decodeDocument(bytes, language, pace);
    const { cues, damagedCount } = await readTtml(text.trimStart(), pace);
    const encoder = new TextEncoder();
    const packets = cues.map(({ text: cue, ...times }) => ({ ...times, bytes: encoder.encode(cue) }));
    return { format: 'TTML', codec: 'webvtt', packets, damagedCount, encoding };
  }
  const isWebVtt = /^WEBVTT\b/.test(beginning);
  const { cues, damagedCount } = await readTimedText(bytes, isWebVtt, pace);
  const kind = isWebVtt
    ? ({ format: 'WebVTT', codec: 'webvtt' } as const)
    : ({ format: 'SubRip', codec: 'subrip' } as const);
  return { ...kind, packets: cues, damagedCount, encoding: null };
}

const sniffedBytes = 1_024;

/** XML is decoded as a whole: as UTF-8, else as it declares, else as its language suggests. */
async function decodeDocument(
  bytes: Uint8Array,
  language: string | null,
  pace: Pace,
): Promise<{ text: string; encoding: string | null }> {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: null };
  } catch {
    const declaration = new TextDecoder().decode(bytes.subarray(0, sniffedBytes));
    const [, declared] = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w-]+)["']/.exec(declaration) ?? [];
    const decoder = decoderOf(declared) ?? new TextDecoder(await guessTextEncoding([bytes], language, pace));
    return { text: decoder.decode(bytes), encoding: decoder.encoding };
  }
}

function decoderOf(label: string | undefined): InstanceType<typeof TextDecoder> | null {
  try {
    return label === undefined || /^utf-?8$/i.test(label) ? null : new TextDecoder(label);
  } catch {
    return null;
  }
}

/** Cues that begin after the end are dropped, and none lasts beyond it. */
function withinVideo(packets: readonly CuePacket[], durationSeconds: number | null): CuePacket[] {
  if (durationSeconds === null) return [...packets];
  const endMilliseconds = Math.ceil(durationSeconds * 1_000);
  return packets
    .filter(({ startMilliseconds }) => startMilliseconds < endMilliseconds)
    .map(({ startMilliseconds, durationMilliseconds, bytes }) => ({
      startMilliseconds,
      durationMilliseconds:
        durationMilliseconds && Math.min(durationMilliseconds, endMilliseconds - startMilliseconds),
      bytes,
    }));
}

function requireCeilings(packets: readonly CuePacket[]): void {
  try {
    requireCueCeilings(packets);
  } catch (error) {
    throw error instanceof MediaRefusal ? new CaptionRefusal('caption-cues-not-accepted') : error;
  }
}
