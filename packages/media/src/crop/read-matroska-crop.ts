import { reduceRational } from '../cmaf/rational.ts';
import type { Crop } from './crop.ts';
import type { RangeReader } from './range-reader.ts';

/** Source: RFC 9559 (Matroska), section 5.1. */
const ids = {
  segment: 0x18538067,
  cluster: 0x1f43b675,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackType: 0x83,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  cropBottom: 0x54aa,
  cropTop: 0x54bb,
  cropLeft: 0x54cc,
  cropRight: 0x54dd,
  displayWidth: 0x54b0,
  displayHeight: 0x54ba,
  displayUnit: 0x54b2,
};
const videoTrack = 1;
/** Centimetres and inches are display sizes too; with other units only the aspect is unknown. */
const lastSizedUnit = 3;
const maxTracksBytes = 16 * 1024 * 1024;
const maxElements = 1_000;

/**
 * The cropping of a video track of Matroska or WebM.
 * @param position position of the track among the video tracks
 */
export async function readMatroskaCrop(read: RangeReader, position: number): Promise<Crop | null> {
  const tracks = await readTracks(read);
  const videos = elementsOf(tracks)
    .filter(({ id }) => id === ids.trackEntry)
    .map(({ payload }) => elementsOf(payload))
    .filter((entry) => numberIn(entry, ids.trackType) === videoTrack);
  const video = videos[position]?.find(({ id }) => id === ids.video);
  return video ? cropOf(elementsOf(video.payload)) : null;
}

function cropOf(video: Element[]): Crop | null {
  const of = (id: number) => numberIn(video, id) ?? 0;
  const coded = { width: of(ids.pixelWidth), height: of(ids.pixelHeight) };
  const [x, y] = [of(ids.cropLeft), of(ids.cropTop)];
  const size = {
    width: coded.width - x - of(ids.cropRight),
    height: coded.height - y - of(ids.cropBottom),
  };
  if (size.width <= 0 || size.height <= 0) return null;
  if (size.width === coded.width && size.height === coded.height) return null;
  // Display sizes are those of the cropped frame; ffmpeg 5.1 uses them for the whole frame.
  const display = {
    width: numberIn(video, ids.displayWidth) || size.width,
    height: numberIn(video, ids.displayHeight) || size.height,
  };
  const isSized = of(ids.displayUnit) <= lastSizedUnit;
  return {
    ...{ x, y, size },
    pixelAspectRatio: reduceRational(
      isSized
        ? { numerator: display.width * size.height, denominator: display.height * size.width }
        : { numerator: 1, denominator: 1 },
    ),
    why: `the container crops: ${size.width}x${size.height} of ${coded.width}x${coded.height} are to be seen`,
  };
}

/** The payload of the Tracks element; empty if it does not precede the first cluster. */
async function readTracks(read: RangeReader): Promise<Uint8Array> {
  let offset = 0;
  for (let count = 0; count < maxElements; count++) {
    const header = readHeader(await read(offset, 12));
    if (header === null || header.id === ids.cluster) break;
    const payloadOffset = offset + header.headerBytes;
    if (header.id === ids.tracks) {
      return header.sizeBytes > maxTracksBytes ? new Uint8Array() : read(payloadOffset, header.sizeBytes);
    }
    // The segment contains the others.
    offset = header.id === ids.segment ? payloadOffset : payloadOffset + header.sizeBytes;
  }
  return new Uint8Array();
}

interface Element {
  readonly id: number;
  readonly payload: Uint8Array;
}

function elementsOf(bytes: Uint8Array): Element[] {
  const elements: Element[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const header = readHeader(bytes.subarray(offset, offset + 12));
    if (header === null) break;
    const start = offset + header.headerBytes;
    elements.push({ id: header.id, payload: bytes.subarray(start, start + header.sizeBytes) });
    offset = start + header.sizeBytes;
  }
  return elements;
}

/** Identifier and size are numbers of variable length, given by the leading zeros of the first byte. */
function readHeader(bytes: Uint8Array): { id: number; sizeBytes: number; headerBytes: number } | null {
  const idBytes = lengthOf(bytes[0], 4);
  const sizeBytes = lengthOf(bytes[idBytes], 8);
  if (idBytes === 0 || sizeBytes === 0 || bytes.length < idBytes + sizeBytes) return null;
  // The marker bit is not part of the size; with it, eight bytes would not be exact.
  const [first = 0, ...others] = bytes.subarray(idBytes, idBytes + sizeBytes);
  const size = toNumber(Uint8Array.of(first & (0xff >> sizeBytes), ...others));
  return { id: toNumber(bytes.subarray(0, idBytes)), sizeBytes: size, headerBytes: idBytes + sizeBytes };
}

function lengthOf(first: number | undefined, longest: number): number {
  if (!first) return 0;
  const length = Math.clz32(first) - 23;
  return length <= longest ? length : 0;
}

function numberIn(elements: Element[], id: number): number | null {
  const payload = elements.find((element) => element.id === id)?.payload;
  return payload && payload.length <= 6 ? toNumber(payload) : null;
}

function toNumber(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
