import { type FileHandle, open } from 'node:fs/promises';
import {
  createElementaryStreamFinder,
  createPidMover,
  findMovedStreams,
  findPacketLayout,
  type PacketLayout,
  type PidMove,
} from '@fyrestream/media';

const packetsAtOnce = 8_192;
const startBytes = 65_536;

/** Reads a whole transport stream. @returns its streams that go on under another number; none of any other file */
export async function findPidMoves(path: string, signal: AbortSignal): Promise<PidMove[]> {
  const file = await open(path);
  try {
    const layout = await layoutOf(file);
    if (layout === null) return [];
    const finder = createElementaryStreamFinder(layout);
    for await (const { packets } of packetsOf(file, layout, signal)) finder.push(packets);
    const { streams, packetCount } = finder.end();
    return findMovedStreams(streams, packetCount);
  } finally {
    await file.close();
  }
}

/** Gives moved streams the number that they had before, in the file itself: ffmpeg then reads each as one. */
export async function movePids(path: string, moves: readonly PidMove[], signal: AbortSignal): Promise<void> {
  if (moves.length === 0) return;
  const file = await open(path, 'r+');
  try {
    const layout = await layoutOf(file);
    if (layout === null) return;
    const mover = createPidMover(layout, moves);
    for await (const { packets } of packetsOf(file, layout, signal)) mover.collect(packets);
    let position = layout.offsetBytes;
    let pending: Uint8Array = new Uint8Array();
    for await (const { packets, endBytes } of packetsOf(file, layout, signal)) {
      const moved = Buffer.concat([pending, mover.move(packets)]);
      // What was not read yet must not be overwritten.
      const writable = moved.subarray(0, endBytes - position);
      await file.write(writable, 0, writable.length, position);
      position += writable.length;
      pending = moved.subarray(writable.length);
    }
  } finally {
    await file.close();
  }
}

async function layoutOf(file: FileHandle): Promise<PacketLayout | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(startBytes), 0, startBytes, 0);
  return findPacketLayout(buffer.subarray(0, bytesRead));
}

/** Whole packets, but for the last ones; `endBytes` is where they end in the file. */
async function* packetsOf(
  file: FileHandle,
  { packetBytes, offsetBytes }: PacketLayout,
  signal: AbortSignal,
): AsyncGenerator<{ packets: Uint8Array; endBytes: number }> {
  const chunkBytes = packetBytes * packetsAtOnce;
  for (let position = offsetBytes; ; ) {
    signal.throwIfAborted();
    // A buffer of its own each time: what is moved may be held back.
    const buffer = Buffer.alloc(chunkBytes);
    let filledBytes = 0;
    for (let bytesRead = -1; bytesRead !== 0 && filledBytes < chunkBytes; filledBytes += bytesRead) {
      ({ bytesRead } = await file.read(
        buffer,
        filledBytes,
        chunkBytes - filledBytes,
        position + filledBytes,
      ));
    }
    if (filledBytes === 0) return;
    position += filledBytes;
    yield { packets: buffer.subarray(0, filledBytes), endBytes: position };
  }
}
