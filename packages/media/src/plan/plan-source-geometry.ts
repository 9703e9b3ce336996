import { formatRational, type Rational, rationalValue, reduceRational } from '../cmaf/rational.ts';
import type { Crop } from '../crop/crop.ts';
import { displaySizeOf, plausiblePixelAspect } from '../facts/display-size.ts';
import type { FrameSize, Orientation, VideoStream } from '../facts/source-facts.ts';
import { isFieldCoded, type KeyFrame } from '../observe/key-frames.ts';
import type { PlannedFilter } from './encode-plan.ts';

export interface PlannedSourceGeometry {
  /** The stream as it is shown: size, aspect ratio and orientation that the ladder is planned for. */
  readonly stream: VideoStream;
  /** As frames are stored, before cropping. */
  readonly storedSize: FrameSize;
  /** Crops to the visible part and joins fields. */
  readonly filters: PlannedFilter[];
  /** Whether frames are fields of half the height, two per displayed frame. */
  readonly hasFieldFrames: boolean;
  /** The observed changes, in words; null if nothing changes. */
  readonly why: string | null;
}

/** A size with a smaller share of the duration is a glitch. */
const minShare = 0.02;
const minSeconds = 0.5;

interface Shape {
  size: FrameSize;
  pixelAspectRatio: Rational;
  orientation: Orientation;
  seconds: number;
}

/**
 * The geometry that is planned for a stream whose size, aspect or orientation may change: the largest one; of equal
 * ones the one with the longest duration. Other frames are fitted into it.
 */
export function planSourceGeometry(
  stream: VideoStream,
  keyFrames: readonly KeyFrame[],
  containerCrop: Crop | null,
  frameRate: Rational,
): PlannedSourceGeometry {
  const shapes = shapesOf(stream, keyFrames);
  const seconds = shapes.reduce((sum, shape) => sum + shape.seconds, 0);
  const lasting = shapes.filter((shape) => shape.seconds >= Math.min(minSeconds, seconds * minShare));
  const [largest] = (lasting.length > 0 ? lasting : shapes).toSorted(
    (left, right) => areaOf(right) - areaOf(left) || right.seconds - left.seconds,
  );
  const hasFieldFrames = isFieldCoded(stream, keyFrames);
  const shown = largest ? shapeStream(stream, largest) : stream;
  const crop = containerCrop ?? blankingLines(shown);
  const cropped = crop ? shapeStream(shown, croppedShape(shown, crop)) : shown;
  const woven = hasFieldFrames ? weave(cropped, keyFrames, frameRate) : null;
  return {
    stream: woven?.stream ?? cropped,
    storedSize: shown.codedSize,
    filters: [
      ...squarePixels(keyFrames),
      ...(crop ? cropFilters(shown, crop) : []),
      ...(woven ? [woven.filter] : []),
    ],
    hasFieldFrames,
    why: shapes.length > 1 ? describe(shapes) : null,
  };
}

function shapesOf(stream: VideoStream, keyFrames: readonly KeyFrame[]): Shape[] {
  const shapes = new Map<string, Shape>();
  keyFrames.forEach((frame, index) => {
    const pixelAspectRatio = plausiblePixelAspect(frame.pixelAspectRatio);
    const orientation: Orientation = frame.orientation
      ? { ...frame.orientation, signalledBy: 'display-matrix' }
      : stream.orientation;
    const name = JSON.stringify([frame.size, pixelAspectRatio, orientation]);
    const next = keyFrames[index + 1]?.seconds ?? null;
    // The duration of the last one is unknown: a minimum is assumed.
    const seconds = next === null || frame.seconds === null ? minSeconds : Math.max(0, next - frame.seconds);
    const shape = shapes.get(name) ?? { size: frame.size, pixelAspectRatio, orientation, seconds: 0 };
    shapes.set(name, { ...shape, seconds: shape.seconds + seconds });
  });
  return [...shapes.values()];
}

function areaOf({ size, pixelAspectRatio, orientation }: Shape): number {
  const { width, height } = displaySizeOf(size, pixelAspectRatio, orientation);
  return width * height;
}

function shapeStream(
  stream: VideoStream,
  { size, pixelAspectRatio, orientation }: Omit<Shape, 'seconds'>,
): VideoStream {
  const displaySize = displaySizeOf(size, pixelAspectRatio, orientation);
  return { ...stream, codedSize: size, pixelAspectRatio, orientation, displaySize };
}

function croppedShape({ pixelAspectRatio, orientation }: VideoStream, crop: Crop): Omit<Shape, 'seconds'> {
  return { size: crop.size, pixelAspectRatio: crop.pixelAspectRatio ?? pixelAspectRatio, orientation };
}

/** Later filters use the pixel aspect of frames. */
function squarePixels(keyFrames: readonly KeyFrame[]): PlannedFilter[] {
  const isDamaged = keyFrames.some(
    ({ pixelAspectRatio }) => pixelAspectRatio && plausiblePixelAspect(pixelAspectRatio) !== pixelAspectRatio,
  );
  return isDamaged
    ? [{ filter: 'setsar=1', why: 'a pixel aspect beyond 1:8 or 8:1 is treated as damage' }]
    : [];
}

const blankingLineCount = 32;

/**
 * D-10 (IMX) stores the last lines of the vertical blanking above the visible frame; its aspect ratio includes these
 * lines.
 */
function blankingLines({ codec, codedSize: { width, height }, pixelAspectRatio }: VideoStream): Crop | null {
  if (codec !== 'mpeg2video' || width !== 720 || (height !== 608 && height !== 512)) return null;
  const size = { width, height: height - blankingLineCount };
  return {
    ...{ x: 0, y: blankingLineCount, size },
    pixelAspectRatio: reduceRational({
      numerator: pixelAspectRatio.numerator * size.height,
      denominator: pixelAspectRatio.denominator * height,
    }),
    why: `D-10 stores ${blankingLineCount} lines of vertical blanking above the visible frame: they are cropped`,
  };
}

/**
 * Has no effect if frames are cropped already: from version 7.1 on, ffmpeg applies the crop of the container by itself.
 */
function cropFilters({ codedSize: { width, height } }: VideoStream, crop: Crop): PlannedFilter[] {
  const isWhole = `eq(iw,${width})*eq(ih,${height})`;
  const edge = (whole: string, cropped: number) => `'if(${isWhole},${cropped},${whole})'`;
  const options = [
    `w=${edge('iw', crop.size.width)}:h=${edge('ih', crop.size.height)}`,
    `x=${edge('0', crop.x)}:y=${edge('0', crop.y)}:exact=1`,
  ];
  const aspect = crop.pixelAspectRatio ? `,setsar=${formatRational(crop.pixelAspectRatio)}` : '';
  return [{ filter: `crop=${options.join(':')}${aspect}`, why: crop.why }];
}

function weave(
  stream: VideoStream,
  [first]: readonly KeyFrame[],
  frameRate: Rational,
): { stream: VideoStream; filter: PlannedFilter } {
  const isTopFirst = first?.isTopFieldFirst ?? true;
  const size = { width: stream.codedSize.width, height: stream.codedSize.height * 2 };
  return {
    stream: {
      ...shapeStream(stream, { ...stream, size }),
      fieldOrder: isTopFirst ? 'top-first' : 'bottom-first',
    },
    filter: {
      // A joined frame has the time of its second field.
      filter: `weave=first_field=${isTopFirst ? 'top' : 'bottom'},setpts=PTS-${(0.5 / rationalValue(frameRate)).toFixed(6)}/TB`,
      why: 'each frame is a field (HEVC field_seq_flag): two are joined to a frame',
    },
  };
}

function describe(shapes: Shape[]): string {
  const named = shapes.slice(0, 4).map(({ size, pixelAspectRatio, orientation: { rotationDegrees } }) => {
    const aspect =
      pixelAspectRatio.numerator === pixelAspectRatio.denominator
        ? ''
        : `, pixels ${formatRational(pixelAspectRatio)}`;
    return `${size.width}x${size.height}${aspect}${rotationDegrees === 0 ? '' : `, rotated by ${rotationDegrees}`}`;
  });
  const more = shapes.length > named.length ? ` and ${shapes.length - named.length} more` : '';
  return `changes within the stream (${named.join('; ')}${more}): planned for the largest, the others get black bars`;
}
