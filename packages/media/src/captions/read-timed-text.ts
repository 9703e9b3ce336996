import { mediaCeilings } from '../ceilings/media-ceilings.ts';
import type { Pace } from '../subtitles/pace.ts';
import type { CuePacket } from '../subtitles/read-cue-packets.ts';
import { CaptionRefusal } from './caption-refusal.ts';
import { readTimeRange, type TimeRange } from './read-time-range.ts';

export interface TimedText {
  /** In the order of their start; the bytes are the lines of the text. */
  readonly cues: readonly CuePacket[];
  /** Cues whose times cannot be read. */
  readonly damagedCount: number;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly isBlank: boolean;
  /** Digits only: the number of a cue, or text. */
  readonly number: number | null;
}

interface OpenCue {
  readonly times: TimeRange;
  readonly number: number | null;
  /** Its lines that are not blank; only the last two matter beside the first. */
  first: Line | null;
  beforeLast: Line | null;
  last: Line | null;
}

/**
 * Splits a SubRip or WebVTT file into its cues. A line with times begins a cue whatever precedes it, so wrong numbers and
 * missing empty lines do no harm.
 * @param bytes of an encoding in which ASCII characters are single bytes
 * @param endsAtBlank whether an empty line ends a cue, as in WebVTT; in SubRip files it may be a part of the text
 * @throws CaptionRefusal `caption-cues-not-accepted`
 */
export async function readTimedText(bytes: Uint8Array, endsAtBlank: boolean, pace: Pace): Promise<TimedText> {
  const cues: CuePacket[] = [];
  let damagedCount = 0;
  let open: OpenCue | null = null;
  let previous: Line | null = null;
  const close = (cue: OpenCue | null, endsWithNumber: boolean) => {
    if (cue === null) return;
    // Not at the end: the shortest cues of a file of 16 MiB would take 400 MB of memory.
    if (cues.length === mediaCeilings.cues) throw new CaptionRefusal('caption-cues-not-accepted');
    const last = endsWithNumber ? cue.beforeLast : cue.last;
    const text = cue.first && last ? bytes.subarray(cue.first.start, last.end) : new Uint8Array();
    cues.push({ ...cue.times, bytes: text });
  };
  for (const line of linesOf(bytes)) {
    await pace(line.end - line.start);
    const times = timesOf(bytes, line);
    if (times !== null) {
      const hasNumber: boolean = previous?.number != null && isCueNumber(open, previous);
      close(open, hasNumber && open?.last === previous);
      const isReadable = times !== 'damaged';
      if (!isReadable) damagedCount += 1;
      const number: number | null = hasNumber ? (previous?.number ?? null) : null;
      open = isReadable ? { times, number, first: null, beforeLast: null, last: null } : null;
    } else if (open !== null && line.isBlank && endsAtBlank) {
      close(open, false);
      open = null;
    } else if (open !== null && !line.isBlank) {
      open.first ??= line;
      open.beforeLast = open.last;
      open.last = line;
    }
    previous = line;
  }
  close(open, false);
  return {
    cues: cues.toSorted((left, right) => left.startMilliseconds - right.startMilliseconds),
    damagedCount,
  };
}

/** Digits right before the times are the number of the cue, unless they are all the text of the cue before. */
function isCueNumber(open: OpenCue | null, line: Line): boolean {
  return open?.first !== line || line.number === (open.number ?? Number.NaN) + 1;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Lines that end with CRLF, LF or CR. */
function* linesOf(bytes: Uint8Array): Generator<Line> {
  let start = 0;
  while (start < bytes.length) {
    let end = start;
    let isBlank = true;
    let isNumber = true;
    for (; end < bytes.length; end++) {
      const byte = bytes[end] ?? 0;
      if (byte === lineFeed || byte === carriageReturn) break;
      if (byte > 0x20) isBlank = false;
      if (byte > 0x20 && (byte < 0x30 || byte > 0x39)) isNumber = false;
    }
    const number =
      isNumber && !isBlank ? Number(asciiOf(bytes.subarray(start, Math.min(end, start + 64)))) : null;
    yield { start, end, isBlank, number };
    const isPair = bytes[end] === carriageReturn && bytes[end + 1] === lineFeed;
    start = end + (isPair ? 2 : 1);
  }
}

const greaterThan = 0x3e;
const readBytes = 512;
const decoder = new TextDecoder();

/** `damaged` is a line that begins like a time and has an arrow: it is no text. */
function timesOf(bytes: Uint8Array, { start, end }: Line): TimeRange | 'damaged' | null {
  const line = bytes.subarray(start, Math.min(end, start + readBytes));
  if (!line.includes(greaterThan)) return null;
  const text = decoder.decode(line);
  return readTimeRange(text) ?? (/^\s*\d+\s*[:.].*-->/.test(text) ? 'damaged' : null);
}

function asciiOf(bytes: Uint8Array): string {
  return decoder.decode(bytes).trim();
}
