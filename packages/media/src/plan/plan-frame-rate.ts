import { formatRational, type Rational, rationalValue, reduceRational } from '../cmaf/rational.ts';
import type { VideoStream } from '../facts/source-facts.ts';
import type { FrameTiming } from '../observe/frame-timing.ts';
import { countFrameSlots } from './frame-slots.ts';

/** Standard rates of films and devices, in ascending order. */
const standardRates: Rational[] = [
  { numerator: 24000, denominator: 1001 },
  { numerator: 24, denominator: 1 },
  { numerator: 25, denominator: 1 },
  { numerator: 30000, denominator: 1001 },
  { numerator: 30, denominator: 1 },
  { numerator: 48, denominator: 1 },
  { numerator: 50, denominator: 1 },
  { numerator: 60000, denominator: 1001 },
  { numerator: 60, denominator: 1 },
];
const maxRate = { numerator: 60, denominator: 1 };
/** At a constant rate below one frame per second, key frame intervals could have no frame. */
const minRate = { numerator: 1, denominator: 1 };
/** For slides and idle screens: the lowest standard rate still shows each frame within 21 ms of its time. */
const slowestStandard = 'at least 23.976';

/** Containers average over rounded durations: 29.97 appears as 29.917 or 300000/10201. */
const standardTolerance = 0.005;

export interface PlannedFrameRate {
  rate: Rational;
  why: string;
  /** How the frames of the source are changed: those of a variable rate are put into slots of a constant rate. */
  change: 'kept' | 'divided' | 'multiplied' | 'variable';
}

/** At a variable rate, some frames may fall into the same slot; above this share, the next higher rate is used. */
const maxLostShare = 0.05;

/**
 * The constant frame rate of the outputs. A source with a constant rate keeps it, rounded to the nearest standard rate;
 * a rate above 60 is divided by the smallest whole number that gives 60 or less, a rate below 1 is multiplied likewise.
 * A source with a variable rate gets the lowest standard rate, at or above that of its fastest second, that shows
 * (nearly) every frame.
 */
export function planFrameRate(stream: VideoStream, timing: FrameTiming | null): PlannedFrameRate {
  const isTimed = timing !== null && (timing.isEvenlySpaced || !timing.lacksTimes);
  const found = isTimed ? rateByTiming(stream, timing) : rateByClaims(stream);
  if (!found.isConstant) {
    const nearest = nearestStandard(rationalValue(found.rate));
    const rate = standardRates.find(
      (candidate) => rationalValue(candidate) >= rationalValue(nearest) && showsEveryFrame(candidate, timing),
    );
    const reported = `${rationalValue(found.rate).toFixed(2)} (${found.by})`;
    const chosen =
      rate === nearest
        ? `the nearest standard rate, ${slowestStandard}`
        : 'the lowest standard rate that shows nearly every frame, at most 60';
    return { rate: rate ?? maxRate, why: `variable, mostly ${reported}: ${chosen}`, change: 'variable' };
  }
  return withinLimits(snapToStandard(found.rate), found.by);
}

interface FoundRate {
  rate: Rational;
  isConstant: boolean;
  by: string;
}

/** Timestamps of packets take precedence over headers; the header still gives the exact fraction. */
function rateByTiming(stream: VideoStream, timing: FrameTiming): FoundRate {
  const measured = 1 / timing.typicalFrameSeconds;
  // Of film the container counts what a screen shows: five pictures for four.
  // That is film in NTSC; incomplete times do not tell it from 24.
  const filmRates = timing.lacksTimes ? standardRates.slice(0, 1) : [];
  const claims = timing.isPulldown
    ? filmRates
    : [stream.averageFrameRate, stream.baseFrameRate].flatMap((claim) => (claim ? [claim] : []));
  const distance = (claim: Rational) => Math.abs(rationalValue(claim) / measured - 1);
  // The nearest one: if frames are missing, the average is near as well.
  const [near] = claims
    .filter((claim) => distance(claim) < 0.01)
    .toSorted((one, other) => distance(one) - distance(other));
  const rate =
    near ?? reduceRational({ numerator: Math.max(1, Math.round(measured * 1000)), denominator: 1000 });
  const by = timing.isPulldown
    ? 'measured from its packets, telecined by repeated fields'
    : 'measured from its packets';
  return { rate, isConstant: timing.isEvenlySpaced, by };
}

function showsEveryFrame(rate: Rational, timing: FrameTiming | null): boolean {
  if (timing === null) return true;
  const [firstSeconds = 0] = timing.times;
  const { droppedFrames } = countFrameSlots(timing.times, firstSeconds, rationalValue(rate));
  return droppedFrames <= timing.times.length * maxLostShare;
}

function rateByClaims({ baseFrameRate: base, averageFrameRate: average }: VideoStream): FoundRate {
  const by = 'from the container';
  if (!base || !average) {
    return {
      rate: average ?? base ?? { numerator: 25, denominator: 1 },
      isConstant: true,
      by: average || base ? by : 'assumed, the container has none',
    };
  }
  const ratio = rationalValue(base) / rationalValue(average);
  if (Math.abs(ratio - 1) <= 0.02) return { rate: base, isConstant: true, by };
  // Twice the average: the container counts fields, or ticks of the codec's clock.
  if (Math.abs(ratio - 2) <= 0.01) return { rate: average, isConstant: true, by };
  // A standard grid with gaps: missing frames are repeated, all others keep their exact time.
  const isStandardGrid = standardRates.some(
    (rate) => rate.numerator === base.numerator && rate.denominator === base.denominator,
  );
  if (ratio > 1 && isStandardGrid) return { rate: base, isConstant: true, by: `${by}, with frames missing` };
  return { rate: average, isConstant: false, by };
}

function snapToStandard(rate: Rational): Rational {
  const nearest = nearestStandard(rationalValue(rate));
  return Math.abs(rationalValue(nearest) / rationalValue(rate) - 1) <= standardTolerance ? nearest : rate;
}

function nearestStandard(framesPerSecond: number): Rational {
  const distance = (rate: Rational) => Math.abs(rationalValue(rate) - framesPerSecond);
  return standardRates.reduce((best, rate) => (distance(rate) < distance(best) ? rate : best));
}

function withinLimits(rate: Rational, by: string): PlannedFrameRate {
  const reported = formatRational(rate);
  const ratio = rationalValue(rate);
  if (ratio > rationalValue(maxRate) * 1.001) {
    const divisor = Math.ceil(ratio / (rationalValue(maxRate) * 1.001));
    const divided = snapToStandard(reduceRational({ ...rate, denominator: rate.denominator * divisor }));
    return {
      rate: divided,
      why: `${reported} is above 60: every ${ordinal(divisor)} frame is kept`,
      change: 'divided',
    };
  }
  if (ratio < rationalValue(minRate)) {
    const factor = Math.ceil(rationalValue(minRate) / ratio);
    const multiplied = reduceRational({ ...rate, numerator: rate.numerator * factor });
    return {
      rate: multiplied,
      why: `${reported} is below 1: every frame is shown ${factor} times`,
      change: 'multiplied',
    };
  }
  return { rate, why: `constant ${reported}, ${by}: kept`, change: 'kept' };
}

function ordinal(count: number): string {
  return { 2: 'second', 3: 'third' }[count] ?? `${count}th`;
}
