import type { Cue } from './cue.ts';
import { isBlankCueText, plainStyle, renderCueText } from './cue-text.ts';
import { decodeCueTexts } from './decode-cue-texts.ts';
import type { Pace } from './pace.ts';
import { readAssStyles } from './read-ass-styles.ts';
import { readAssText } from './read-ass-text.ts';
import type { CuePacket } from './read-cue-packets.ts';
import { readSubripText } from './read-subrip-text.ts';
import { readWebVttText } from './read-webvtt-text.ts';
import { renderWebVtt } from './render-webvtt.ts';
import type { SubtitleReport } from './subtitle-report.ts';

/** A subtitle stream as ffmpeg extracted it. */
export interface SubtitlePackets {
  /** The source's codec by ffmpeg's name; null if unknown. */
  readonly codec: string | null;
  readonly language: string | null;
  /** Packets of the source. */
  readonly source: readonly CuePacket[];
  /** Packets as `extractSubtitleCommand` requested them: those of the source, or decoded ones. */
  readonly packets: readonly CuePacket[];
  /** The header of an ASS script. */
  readonly header: string;
}

export interface ConvertedSubtitles {
  readonly webVtt: string;
  readonly report: SubtitleReport;
}

/** A cue without a duration is shown until the next one, but at most this long. */
const maxOpenCueMilliseconds = 5_000;

/** Converts a subtitle stream to WebVTT and counts the cues that cannot be converted. */
export async function convertSubtitles(stream: SubtitlePackets, pace: Pace): Promise<ConvertedSubtitles> {
  const { codec, packets, language } = stream;
  const { texts, legacyEncoding } = await decodeCueTexts(
    packets.map(({ bytes }) => bytes),
    language,
    pace,
  );
  const styles = readAssStyles(stream.header);
  const cues: Cue[] = [];
  let drawingCount = 0;
  for (const [index, packet] of packets.entries()) {
    await pace(packet.bytes.length);
    const { text, hasDrawing } = readCueText(texts[index] ?? '', codec, styles);
    if (hasDrawing) drawingCount += 1;
    const startMilliseconds = Math.max(0, packet.startMilliseconds);
    const endMilliseconds = packet.startMilliseconds + durationOf(packet, packets[index + 1]);
    if (isBlankCueText(text) || endMilliseconds <= startMilliseconds) continue;
    cues.push({ startMilliseconds, endMilliseconds, text });
  }
  return {
    webVtt: await renderWebVtt(cues, pace),
    report: {
      cueCount: cues.length,
      lostCueCount: await countLost(stream, pace),
      drawingCount,
      legacyEncoding,
    },
  };
}

function readCueText(
  text: string,
  codec: string | null,
  styles: ReturnType<typeof readAssStyles>,
): { text: string; hasDrawing: boolean } {
  switch (codec) {
    case 'subrip':
      return { text: renderCueText(readSubripText(text)), hasDrawing: false };
    case 'text':
      return { text: renderCueText([{ text, style: plainStyle }]), hasDrawing: false };
    case 'webvtt':
      return { text: readWebVttText(text), hasDrawing: false };
    default: {
      const { pieces, hasDrawing } = readAssText(text, { styles, isAuthored: codec === 'ass' });
      return { text: renderCueText(pieces), hasDrawing };
    }
  }
}

function durationOf(packet: CuePacket, next: CuePacket | undefined): number {
  if (packet.durationMilliseconds !== null) return packet.durationMilliseconds;
  const untilNext =
    next === undefined ? maxOpenCueMilliseconds : next.startMilliseconds - packet.startMilliseconds;
  return untilNext > 0 ? Math.min(untilNext, maxOpenCueMilliseconds) : maxOpenCueMilliseconds;
}

/** Captions in line 21 build up over many packets; in other formats each packet is a cue. */
async function countLost({ codec, source, packets }: SubtitlePackets, pace: Pace): Promise<number> {
  if (codec === 'eia_608') return 0;
  const made = new Set(packets.map(({ startMilliseconds }) => startMilliseconds));
  let lostCount = 0;
  for (const { bytes, startMilliseconds } of source) {
    await pace(bytes.length);
    if (!made.has(startMilliseconds) && holdsText(bytes, codec)) lostCount += 1;
  }
  return lostCount;
}

/** An empty sample of MP4 is a length of 0 in two bytes: no cue. */
function holdsText(bytes: Uint8Array, codec: string | null): boolean {
  const text = codec === 'mov_text' ? bytes.subarray(2) : bytes;
  return text.some((byte) => byte > 0x20);
}
