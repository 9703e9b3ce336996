import { reduceRational } from '../cmaf/rational.ts';
import {
  type ChildElement,
  childElements,
  maxElementHeaderBytes,
  readElement,
} from '../ebml/read-element.ts';
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
  const videos = [...childElements(tracks)]
    .filter(({ id }) => id === ids.trackEntry)
    .map(({ payload }) => [...childElements(payload)])
    .filter((entry) => numberIn(entry, ids.trackType) === videoTrack);
  const video = videos[position]?.find(({ id }) => id === ids.video);
  return video ? cropOf([...childElements(video.payload)]) : null;
}

function cropOf(video: readonly ChildElement[]): Crop | null {
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
    const element = readElement(await read(offset, maxElementHeaderBytes));
    if (element === null || element.id === ids.cluster) break;
    offset += element.headerBytes;
    // The segment contains the others.
    if (element.id === ids.segment) continue;
    if (element.sizeBytes === null) break;
    if (element.id === ids.tracks)
      return element.sizeBytes > maxTracksBytes ? new Uint8Array() : read(offset, element.sizeBytes);
    offset += element.sizeBytes;
  }
  return new Uint8Array();
}

function numberIn(elements: readonly ChildElement[], id: number): number | null {
  const payload = elements.find((element) => element.id === id)?.payload;
  return payload && payload.length <= 6 ? toNumber(payload) : null;
}

function toNumber(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
