/**
 * Packets in the order of the file. Each property has an array of its own: a film of ten hours has a million packets, and
 * objects need several times the memory. What a packet does not have is `NaN`.
 */
export interface PacketColumns {
  /** In seconds on the source's clock. */
  readonly presentationSeconds: Float64Array;
  readonly decodeSeconds: Float64Array;
  /** 1 for a key frame. */
  readonly keyFlags: Uint8Array;
  /** Of key frames only. */
  readonly byteOffsets: Float64Array;
}

export interface ShownPackets {
  readonly shown: PacketColumns;
  /** Positions of the other packets, see `PacketTimes`. */
  readonly hiddenPositions: number[];
}

/** Leading frames follow their key frame this closely; later packets with earlier times are those of a clock that goes back. */
const maxLeadingPackets = 32;

/** Parses the CSV of `packetTimesArguments`. */
export function readPacketColumns(csv: string): ShownPackets {
  const columns = createColumns(countLines(csv));
  let hiddenPositions: number[] = [];
  let [count, position] = [0, -1];
  // False where an edit list hides the key frame that the first shown packets refer to.
  let beginsAtKey = true;
  let firstKeySeconds: number | null = null;
  let packetsAfterFirstKey = 0;
  // Line by line: a video of one day has five million packets.
  for (let start = 0; start < csv.length; ) {
    const end = csv.indexOf('\n', start);
    const line = csv.slice(start, end === -1 ? csv.length : end);
    start = end === -1 ? csv.length : end + 1;
    const [presentation, decode, size, byteOffset, flags = ''] = line.trim().split(',');
    if (presentation === undefined || presentation === '') continue;
    position++;
    const isKey = flags.startsWith('K');
    // An empty packet repeats the frame before it.
    if (size === '0' || flags.includes('D')) {
      hiddenPositions.push(position);
      if (count === 0 && isKey) beginsAtKey = false;
      continue;
    }
    const presentationSeconds = numberOf(presentation);
    if (beginsAtKey && firstKeySeconds !== null) {
      packetsAfterFirstKey++;
      // Leading frames refer to frames that are missing.
      if (packetsAfterFirstKey <= maxLeadingPackets && presentationSeconds < firstKeySeconds) {
        hiddenPositions.push(position);
        continue;
      }
    } else if (beginsAtKey && isKey) {
      // A recording that starts between two key frames shows nothing before the first one.
      firstKeySeconds = presentationSeconds;
      hiddenPositions = Array.from({ length: position }, (_, before) => before);
      count = 0;
    }
    columns.presentationSeconds[count] = presentationSeconds;
    columns.decodeSeconds[count] = numberOf(decode);
    columns.keyFlags[count] = isKey ? 1 : 0;
    columns.byteOffsets[count] = isKey ? numberOf(byteOffset) : Number.NaN;
    count++;
  }
  return { shown: firstPackets(columns, count), hiddenPositions };
}

function countLines(csv: string): number {
  let count = 1;
  for (let end = csv.indexOf('\n'); end !== -1; end = csv.indexOf('\n', end + 1)) count++;
  return count;
}

function createColumns(length: number): PacketColumns {
  return {
    presentationSeconds: new Float64Array(length),
    decodeSeconds: new Float64Array(length),
    keyFlags: new Uint8Array(length),
    byteOffsets: new Float64Array(length),
  };
}

function firstPackets(columns: PacketColumns, count: number): PacketColumns {
  return {
    presentationSeconds: columns.presentationSeconds.subarray(0, count),
    decodeSeconds: columns.decodeSeconds.subarray(0, count),
    keyFlags: columns.keyFlags.subarray(0, count),
    byteOffsets: columns.byteOffsets.subarray(0, count),
  };
}

function numberOf(text: string | undefined): number {
  const number = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : Number.NaN;
}
