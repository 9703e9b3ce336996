import { frameSizeLimit, inputOptions } from '../facts/input-options.ts';
import { type PacketColumns, readPacketColumns } from './packet-columns.ts';

/** Presentation times of a stream's frames, from the timestamps of its packets. */
export interface PacketTimes {
  /** Seconds on the source's clock, sorted; several runs if the clock goes back within the stream. */
  readonly runs: number[][];
  /** Packets without a presentation time; their decode time is used, interpolated if that is missing too. */
  readonly untimedCount: number;
  readonly keyFrameCount: number;
  /** Of the key frames with a presentation time, sorted. */
  readonly keyFrameTimes: KeyFrameTimes[];
  /** Whether decode times step neither back nor far forward, see `isContinuous`. */
  readonly isClockContinuous: boolean;
  /** Positions, from 0, of packets that show no frame: hidden by an edit list, empty, or before the first key frame. */
  readonly hiddenPositions: number[];
}

/** Times in seconds on the source's clock. */
export interface KeyFrameTimes {
  readonly presentationSeconds: number;
  readonly decodeSeconds: number;
  /** Where its packet is in the file, if the demuxer tells. */
  readonly byteOffset?: number;
}

/**
 * ffprobe's argv. Reads all packets of the stream and decodes none: the beginning of a file may differ from the rest.
 */
export function packetTimesArguments(sourcePath: string, demuxer: string, streamIndex: number): string[] {
  const report = ['-show_entries', 'packet=pts_time,dts_time,size,pos,flags', '-of', 'csv=p=0'];
  return [
    '-v',
    'error',
    ...inputOptions(demuxer),
    ...frameSizeLimit,
    '-select_streams',
    `${streamIndex}`,
    ...report,
    sourcePath,
  ];
}

/** A clock that goes back by more has jumped; smaller steps are inaccuracies of the muxer. */
const minJumpSeconds = 0.5;
/** Less than the limits of ffmpeg, whose own times differ by some frames. */
const maxStepBackSeconds = 0.05;
const maxGapSeconds = 9;

/** Parses the CSV of `packetTimesArguments`; packets that are decoded but not shown (flag D) do not count. */
export function readPacketTimes(csv: string): PacketTimes {
  const { shown, hiddenPositions } = readPacketColumns(csv);
  const { presentationSeconds, decodeSeconds, keyFlags } = shown;
  const untimedCount = presentationSeconds.reduce((count, time) => count + (Number.isNaN(time) ? 1 : 0), 0);
  const times = untimedCount === 0 ? presentationSeconds : decodeTimes(shown);
  return {
    runs: splitAtJumps(decodeSeconds, times),
    untimedCount,
    keyFrameCount: keyFlags.reduce((count, flag) => count + flag, 0),
    keyFrameTimes: keyFrameTimesOf(shown),
    isClockContinuous: isContinuous(decodeSeconds),
    hiddenPositions,
  };
}

function keyFrameTimesOf({
  presentationSeconds,
  decodeSeconds,
  keyFlags,
  byteOffsets,
}: PacketColumns): KeyFrameTimes[] {
  const keys: KeyFrameTimes[] = [];
  for (let index = keyFlags.indexOf(1); index !== -1; index = keyFlags.indexOf(1, index + 1)) {
    const seconds = knownAt(presentationSeconds, index);
    if (seconds === null) continue;
    const byteOffset = knownAt(byteOffsets, index);
    keys.push({
      presentationSeconds: seconds,
      decodeSeconds: knownAt(decodeSeconds, index) ?? seconds,
      ...(byteOffset !== null && { byteOffset }),
    });
  }
  return keys.sort((left, right) => left.presentationSeconds - right.presentationSeconds);
}

function knownAt(column: Float64Array, index: number): number | null {
  const value = column[index] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}

/** Decode times have the same spacing as presentation times; values between two known ones are interpolated. */
function decodeTimes({ decodeSeconds, presentationSeconds }: PacketColumns): Float64Array {
  const { length } = decodeSeconds;
  const times = new Float64Array(length);
  let last = -1;
  for (let index = 0; index <= length; index++) {
    const next = knownAt(decodeSeconds, index) ?? knownAt(presentationSeconds, index);
    if (next === null && index < length) continue;
    const from = knownAt(times, last);
    const step =
      next !== null && from !== null ? (next - from) / (index - last) : meanStep(times.subarray(0, last + 1));
    for (let between = last + 1; between < index; between++) {
      times[between] =
        from !== null ? from + step * (between - last) : (next ?? 0) - step * (index - between);
    }
    if (next !== null) times[index] = next;
    last = index;
  }
  return times;
}

function meanStep(times: Float64Array): number {
  const [first = 0] = times;
  return times.length < 2 ? 0 : ((times.at(-1) ?? first) - first) / (times.length - 1);
}

function splitAtJumps(decodeSeconds: Float64Array, times: Float64Array): number[][] {
  const begins: number[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (const [index, time] of times.entries()) {
    const clock = knownAt(decodeSeconds, index) ?? time;
    if (index === 0 || clock < latest - minJumpSeconds) begins.push(index);
    latest = clock;
  }
  return begins.map((begin, run) => Array.from(times.slice(begin, begins[run + 1]).sort()));
}

/**
 * In containers whose clock may jump, ffmpeg moves all that follows a step back by 0.1 s or forward by 10 s, so that it
 * continues; not with `-copyts`. Source: ts_discontinuity_process in fftools, -dts_delta_threshold
 */
function isContinuous(decodeSeconds: Float64Array): boolean {
  let latest: number | null = null;
  for (const seconds of decodeSeconds) {
    if (Number.isNaN(seconds)) continue;
    if (latest !== null && (seconds < latest - maxStepBackSeconds || seconds > latest + maxGapSeconds))
      return false;
    latest = seconds;
  }
  return true;
}

/** 0 for an empty list. */
export function median(values: number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? 0;
}
