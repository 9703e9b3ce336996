import { readBoxes } from '../cmaf/boxes.ts';
import { packagingError } from '../cmaf/packaging-error.ts';
import { readFragment } from '../cmaf/read-fragment.ts';
import { type InitFacts, readInit } from '../cmaf/read-init.ts';

/** Facts of a segment from its own boxes. */
export interface PublishedSegment {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly frameCount: number;
  readonly keyFrameSeconds: readonly number[];
}

/** Reads init segments and segments from their bytes alone, without manifest and ffmpeg. */
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
  if (times.length === 0) throw packagingError('A segment has no media.');
  return {
    startSeconds: times.reduce((earliest, { start }) => Math.min(earliest, start), Number.POSITIVE_INFINITY),
    endSeconds: times.reduce((latest, { end }) => Math.max(latest, end), Number.NEGATIVE_INFINITY),
    frameCount: times.length,
    keyFrameSeconds: times.filter(({ isKeyFrame }) => isKeyFrame).map(({ start }) => start),
  };
}

/** Each moof with the mdat after it. */
function fragmentsOf(bytes: Uint8Array): Uint8Array[] {
  const boxes = readBoxes(bytes);
  return boxes.flatMap((box, index) => {
    const data = boxes[index + 1];
    if (box.type !== 'moof') return [];
    if (data?.type !== 'mdat') throw packagingError('A segment has a moof box without its data.');
    return bytes.subarray(box.offset, data.offset + data.sizeBytes);
  });
}
