import { readBoxes } from '../cmaf/boxes.ts';
import { packagingError } from '../cmaf/packaging-error.ts';
import { readFragment } from '../cmaf/read-fragment.ts';
import { type InitFacts, readInit } from '../cmaf/read-init.ts';

/** A segment as its own boxes tell. */
export interface PublishedSegment {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly frameCount: number;
  readonly keyFrameSeconds: readonly number[];
}

/** Reads init segments and segments with nothing but their bytes: no manifest, no ffmpeg. */
export function openPublishedTrack(initBytes: Uint8Array): {
  readonly kind: 'video' | 'audio';
  read(segmentBytes: Uint8Array): PublishedSegment;
} {
  const init = readInit(initBytes);
  return { kind: init.media.kind, read: (bytes) => readSegment(bytes, init) };
}

function readSegment(bytes: Uint8Array, init: InitFacts): PublishedSegment {
  const samples = fragmentsOf(bytes).flatMap((fragment) => readFragment(fragment, init).samples);
  const seconds = (ticks: number) => (ticks - init.mediaTimeOffsetTicks) / init.timescale;
  const times = samples.map((sample) => ({
    start: seconds(sample.decodeTicks + sample.compositionOffsetTicks),
    end: seconds(sample.decodeTicks + sample.compositionOffsetTicks + sample.durationTicks),
    isKeyFrame: sample.isSync,
  }));
  if (times.length === 0) throw packagingError('A segment holds no media.');
  return {
    startSeconds: times.reduce((earliest, { start }) => Math.min(earliest, start), Number.POSITIVE_INFINITY),
    endSeconds: times.reduce((latest, { end }) => Math.max(latest, end), Number.NEGATIVE_INFINITY),
    frameCount: times.length,
    keyFrameSeconds: times.filter(({ isKeyFrame }) => isKeyFrame).map(({ start }) => start),
  };
}

/** Each moof with the mdat behind it. */
function fragmentsOf(bytes: Uint8Array): Uint8Array[] {
  const boxes = readBoxes(bytes);
  return boxes.flatMap((box, index) => {
    const data = boxes[index + 1];
    if (box.type !== 'moof') return [];
    if (data?.type !== 'mdat') throw packagingError('A segment has a moof box without its data.');
    return bytes.subarray(box.offset, data.offset + data.sizeBytes);
  });
}
