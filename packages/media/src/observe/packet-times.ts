import { frameSizeLimit, inputOptions } from '../facts/input-options.ts';

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

interface Packet {
  readonly position: number;
  readonly presentationSeconds: number | null;
  readonly decodeSeconds: number | null;
  readonly isKey: boolean;
  readonly byteOffset: number | null;
}

/** A clock that goes back by more has jumped; smaller steps are inaccuracies of the muxer. */
const minJumpSeconds = 0.5;
/** Less than the limits of ffmpeg, whose own times differ by some frames. */
const maxStepBackSeconds = 0.05;
const maxGapSeconds = 9;

/** Parses the CSV of `packetTimesArguments`; packets that are decoded but not shown (flag D) do not count. */
export function readPacketTimes(csv: string): PacketTimes {
  const { shown, notShown, beginsWithKey } = shownPackets(csv);
  const packets = beginsWithKey ? shown : fromFirstKey(shown);
  const untimedCount = packets.filter(({ presentationSeconds }) => presentationSeconds === null).length;
  const times = untimedCount === 0 ? packets.map(presentationOf) : decodeTimes(packets);
  const keyFrames = packets.filter(({ isKey }) => isKey);
  const beforeFirstKey = shown.slice(0, shown.length - packets.length).map(({ position }) => position);
  const hiddenPositions = [...notShown, ...beforeFirstKey];
  return {
    runs: splitAtJumps(packets, times),
    untimedCount,
    keyFrameCount: keyFrames.length,
    keyFrameTimes: keyFrames
      .flatMap(({ presentationSeconds, decodeSeconds, byteOffset }) =>
        presentationSeconds === null
          ? []
          : {
              presentationSeconds,
              decodeSeconds: decodeSeconds ?? presentationSeconds,
              ...(byteOffset !== null && { byteOffset }),
            },
      )
      .toSorted((left, right) => left.presentationSeconds - right.presentationSeconds),
    isClockContinuous: isContinuous(packets),
    hiddenPositions,
  };
}

/** `beginsWithKey`: whether an edit list hides the key frame that the first shown packets refer to. */
function shownPackets(csv: string): { shown: Packet[]; notShown: number[]; beginsWithKey: boolean } {
  const shown: Packet[] = [];
  const notShown: number[] = [];
  let beginsWithKey = false;
  // Line by line: a video of one day has five million packets.
  for (let start = 0; start < csv.length; ) {
    const end = csv.indexOf('\n', start);
    const line = csv.slice(start, end === -1 ? csv.length : end);
    start = end === -1 ? csv.length : end + 1;
    const [presentation, decode, size, byteOffset, flags = ''] = line.trim().split(',');
    if (presentation === undefined || presentation === '') continue;
    const position = shown.length + notShown.length;
    // An empty packet repeats the frame before it.
    if (size === '0' || flags.includes('D')) {
      notShown.push(position);
      beginsWithKey ||= shown.length === 0 && flags.startsWith('K');
      continue;
    }
    shown.push({
      position,
      presentationSeconds: numberOf(presentation),
      decodeSeconds: numberOf(decode),
      isKey: flags.startsWith('K'),
      byteOffset: numberOf(byteOffset),
    });
  }
  return { shown, notShown, beginsWithKey };
}

function numberOf(text: string | undefined): number | null {
  const number = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

/** A recording that starts between two key frames shows nothing before the first one. */
function fromFirstKey(packets: Packet[]): Packet[] {
  const first = packets.findIndex(({ isKey }) => isKey);
  if (first === -1) return packets;
  const keySeconds = packets[first]?.presentationSeconds ?? null;
  return packets.filter(
    ({ presentationSeconds }, index) =>
      index >= first &&
      // Leading frames refer to frames that are missing.
      (keySeconds === null ||
        presentationSeconds === null ||
        presentationSeconds >= keySeconds ||
        index > first + 32),
  );
}

function presentationOf({ presentationSeconds }: Packet): number {
  return presentationSeconds ?? 0;
}

/** Decode times have the same spacing as presentation times; values between two known ones are interpolated. */
function decodeTimes(packets: Packet[]): number[] {
  const known = packets.map(({ decodeSeconds, presentationSeconds }) => decodeSeconds ?? presentationSeconds);
  const times: number[] = [];
  let last = -1;
  for (let index = 0; index <= known.length; index++) {
    const next = known[index] ?? null;
    if (next === null && index < known.length) continue;
    const from = last === -1 ? null : (known[last] ?? null);
    const step = next !== null && from !== null ? (next - from) / (index - last) : meanStep(times);
    for (let between = last + 1; between < index; between++) {
      times[between] =
        from !== null ? from + step * (between - last) : (next ?? 0) - step * (index - between);
    }
    if (next !== null) times[index] = next;
    last = index;
  }
  return times;
}

function meanStep(times: number[]): number {
  const [first = 0] = times;
  return times.length < 2 ? 0 : ((times.at(-1) ?? first) - first) / (times.length - 1);
}

function splitAtJumps(packets: Packet[], times: number[]): number[][] {
  const runs: number[][] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (const [index, time] of times.entries()) {
    const clock = packets[index]?.decodeSeconds ?? time;
    if (runs.length === 0 || clock < latest - minJumpSeconds) runs.push([]);
    latest = clock;
    runs.at(-1)?.push(time);
  }
  return runs.map((run) => run.toSorted((left, right) => left - right));
}

/**
 * In containers whose clock may jump, ffmpeg moves all that follows a step back by 0.1 s or forward by 10 s, so that it
 * continues; not with `-copyts`. Source: ts_discontinuity_process in fftools, -dts_delta_threshold
 */
function isContinuous(packets: readonly Packet[]): boolean {
  let latest: number | null = null;
  for (const { decodeSeconds } of packets) {
    if (decodeSeconds === null) continue;
    if (
      latest !== null &&
      (decodeSeconds < latest - maxStepBackSeconds || decodeSeconds > latest + maxGapSeconds)
    )
      return false;
    latest = decodeSeconds;
  }
  return true;
}

/** 0 for an empty list. */
export function median(values: number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? 0;
}
