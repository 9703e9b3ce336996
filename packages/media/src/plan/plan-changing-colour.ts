import type { FrameSize, VideoStream } from '../facts/source-facts.ts';
import type { KeyFrame } from '../observe/key-frames.ts';
import type { PlannedFilter } from './encode-plan.ts';
import { planSdrColour } from './plan-colour.ts';

/** A part of a stream whose colours are the same throughout. */
export interface ColourPart {
  /** On the source's clock. */
  readonly fromSeconds: number;
  /** The stream with the colours of this part. */
  readonly stream: VideoStream;
}

/** More changes are damage, or too many to treat separately. */
const maxParts = 16;

/**
 * The parts of a stream whose colours change (a programme in SDR, then one in HLG), in order; a single part for other
 * streams, and if the clock jumps, because the times of the changes are then unknown.
 */
export function colourParts(stream: VideoStream, keyFrames: readonly KeyFrame[]): ColourPart[] {
  const whole = [{ fromSeconds: Number.NEGATIVE_INFINITY, stream }];
  const parts: ColourPart[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (const { seconds, transfer, primaries, matrix } of keyFrames) {
    if (seconds === null || seconds < latest) return whole;
    latest = seconds;
    const { colour } = parts.at(-1)?.stream ?? stream;
    const own = {
      ...colour,
      transfer: transfer ?? colour.transfer,
      primaries: primaries ?? colour.primaries,
      matrix: matrix ?? colour.matrix,
    };
    const part = {
      fromSeconds: seconds,
      stream: { ...stream, colour: own, dynamicRange: rangeOf(own.transfer) },
    };
    if (parts.length === 0 || nameOf(part) !== nameOf(parts.at(-1))) parts.push(part);
  }
  return parts.length > 1 && parts.length <= maxParts ? parts : whole;
}

/**
 * The filters of the standard branch, for frames in their slots: each treatment is computed for all frames, and the one
 * of the frame's part is selected.
 */
export function planChangingColour(
  parts: readonly ColourPart[],
  size: FrameSize,
  { zeroSeconds, framesPerSecond }: { zeroSeconds: number; framesPerSecond: number },
): PlannedFilter[] {
  const treatments = [...new Map(parts.map((part) => [nameOf(part), part.stream])).entries()];
  const [, ...others] = treatments;
  // Half a frame early: a moment and its slot are rounded.
  const moment = (part: ColourPart | undefined) =>
    part === undefined ? null : (part.fromSeconds - zeroSeconds - 0.5 / framesPerSecond).toFixed(6);
  const isShown = (name: string) =>
    parts
      .flatMap((part, index) => {
        if (nameOf(part) !== name) return [];
        const end = moment(parts[index + 1]);
        return end === null ? `gte(t,${moment(part)})` : `gte(t,${moment(part)})*lt(t,${end})`;
      })
      .join('+');
  const labels = treatments.map((_, index) => `colour-${index}`);
  const chains = treatments.map(([, stream], index) => {
    const filters = planSdrColour(stream, size).map(({ filter }) => filter);
    return `[${labels[index]}]${[...tags(stream), ...filters].join(',')}[${labels[index]}-done]`;
  });
  const overlays = others.map(([name], index) => {
    const below = index === 0 ? `[${labels[0]}-done]` : `[shown-${index}]`;
    const result = index === others.length - 1 ? '' : `[shown-${index + 1}]`;
    return `${below}[${labels[index + 1]}-done]overlay=format=yuv420:enable='${isShown(name)}'${result}`;
  });
  const split = `split=${treatments.length}${labels.map((label) => `[${label}]`).join('')}`;
  const named = parts.map(
    ({ fromSeconds, stream }) => `${stream.dynamicRange} from ${(fromSeconds - zeroSeconds).toFixed(2)} s`,
  );
  return [
    {
      filter: [split, ...chains, ...overlays].join(';'),
      why: `colours change on the way (${named.join(', ')}): each part is treated as what it is`,
    },
  ];
}

/** zscale uses the properties of frames, whatever its options: frames of other parts must have the same. */
function tags({ dynamicRange, colour }: VideoStream): string[] {
  if (dynamicRange === 'sdr') return [];
  const { primaries, transfer, matrix } = colour;
  return [
    `setparams=color_primaries=${primaries ?? 'bt2020'}:color_trc=${transfer}:colorspace=${matrix ?? 'bt2020nc'}`,
  ];
}

function rangeOf(transfer: string | null): VideoStream['dynamicRange'] {
  if (transfer === 'smpte2084') return 'pq';
  return transfer === 'arib-std-b67' ? 'hlg' : 'sdr';
}

function nameOf(part: ColourPart | undefined): string {
  return JSON.stringify([
    part?.stream.dynamicRange,
    part?.stream.colour.primaries,
    part?.stream.colour.matrix,
  ]);
}
