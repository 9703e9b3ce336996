import { inputOptions } from '../facts/probe-arguments.ts';

/** When the frames of a stream are shown, by the timestamps of its packets. */
export interface PacketTimes {
  /**
   * Seconds on the source's clock, sorted, in several runs where the clock goes back on the way.
   */
  readonly runs: number[][];
  /** Packets without a presentation time; the decode time stands in, interpolated where that is missing too. */
  readonly untimedCount: number;
  readonly keyFrameCount: number;
}

/** ffprobe's argv. All packets of the stream are read, none is decoded: the beginning of a file may differ from the rest. */
export function packetTimesArguments(sourcePath: string, demuxer: string, streamIndex: number): string[] {
  const report = ['-show_entries', 'packet=pts_time,dts_time,flags', '-of', 'csv=p=0'];
  return [
    '-v',
    'error',
    ...inputOptions(demuxer),
    '-select_streams',
    `${streamIndex}`,
    ...report,
    sourcePath,
  ];
}

interface Packet {
  readonly presentationSeconds: number | null;
  readonly decodeSeconds: number | null;
  readonly isKey: boolean;
}

/** A clock that goes back by more than this has jumped; by less, the muxer was careless. */
const smallestJumpSeconds = 0.5;

/** Reads the CSV of `packetTimesArguments`; packets that are only decoded, not shown (flag D), do not count. */
export function readPacketTimes(csv: string): PacketTimes {
  const packets = fromFirstKey(shownPackets(csv));
  const untimedCount = packets.filter(({ presentationSeconds }) => presentationSeconds === null).length;
  const times = untimedCount === 0 ? packets.map(presentationOf) : decodeTimes(packets);
  const keyFrameCount = packets.filter(({ isKey }) => isKey).length;
  return { runs: splitAtJumps(packets, times), untimedCount, keyFrameCount };
}

function shownPackets(csv: string): Packet[] {
  const packets: Packet[] = [];
  // Line by line: a film of a day has five million packets.
  for (let start = 0; start < csv.length; ) {
    const end = csv.indexOf('\n', start);
    const line = csv.slice(start, end === -1 ? csv.length : end);
    start = end === -1 ? csv.length : end + 1;
    const [presentation, decode, flags = ''] = line.trim().split(',');
    if (presentation === undefined || presentation === '' || flags.includes('D')) continue;
    packets.push({
      presentationSeconds: secondsOf(presentation),
      decodeSeconds: secondsOf(decode),
      isKey: flags.startsWith('K'),
    });
  }
  return packets;
}

function secondsOf(text: string | undefined): number | null {
  const seconds = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(seconds) ? seconds : null;
}

/** A recording that begins between two key frames shows nothing before the first one. */
function fromFirstKey(packets: Packet[]): Packet[] {
  const first = packets.findIndex(({ isKey }) => isKey);
  if (first === -1) return packets;
  const keySeconds = packets[first]?.presentationSeconds ?? null;
  return packets.filter(
    ({ presentationSeconds }, index) =>
      index >= first &&
      // Leading pictures refer to what is not there.
      (keySeconds === null ||
        presentationSeconds === null ||
        presentationSeconds >= keySeconds ||
        index > first + 32),
  );
}

function presentationOf({ presentationSeconds }: Packet): number {
  return presentationSeconds ?? 0;
}

/** Decode times are as far apart as presentation times; what lies between two known ones is spread evenly. */
function decodeTimes(packets: Packet[]): number[] {
  const known = packets.map(({ decodeSeconds, presentationSeconds }) => decodeSeconds ?? presentationSeconds);
  const times: number[] = [];
  let last = -1;
  for (let index = 0; index <= known.length; index++) {
    const next = known[index] ?? null;
    if (next === null && index < known.length) continue;
    const from = last === -1 ? null : (known[last] ?? null);
    const step = next !== null && from !== null ? (next - from) / (index - last) : typicalStep(times);
    for (let between = last + 1; between < index; between++) {
      times[between] =
        from !== null ? from + step * (between - last) : (next ?? 0) - step * (index - between);
    }
    if (next !== null) times[index] = next;
    last = index;
  }
  return times;
}

function typicalStep(times: number[]): number {
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return median(steps.filter((step) => step > 0));
}

function splitAtJumps(packets: Packet[], times: number[]): number[][] {
  const runs: number[][] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (const [index, time] of times.entries()) {
    const clock = packets[index]?.decodeSeconds ?? time;
    if (runs.length === 0 || clock < latest - smallestJumpSeconds) runs.push([]);
    latest = clock;
    runs.at(-1)?.push(time);
  }
  return runs.map((run) => run.toSorted((left, right) => left - right));
}

/** Of no values, 0. */
export function median(values: number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? 0;
}
