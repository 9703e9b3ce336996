import { mediaCeilings } from '../ceilings/media-ceilings.ts';

/** ffmpeg ignores a time that is more than 30 hours after the one before, and continues without a gap. */
const ignoredTime = /TS \d+, next:-?\d+(?: st:\d+)? invalid dropping/;

/**
 * Whether the survey of a whole audio stream shows more silence than samples explain.
 * @param stderr of `decodeSurveyCommand`
 */
export function mayHaveLongGap(stderr: string): boolean {
  if (ignoredTime.test(stderr)) return true;
  const samples = Number(/frames decoded \((\d+) samples\)/.exec(stderr)?.[1] ?? 0);
  const rates = [...stderr.matchAll(/ samplerate:(\d+) /g)].map(([, rate]) => Number(rate));
  const [, hours = 0] =
    stderr
      .match(/time=(\d+):\d+:[\d.]+/g)
      ?.at(-1)
      ?.match(/time=(\d+)/) ?? [];
  return Number(hours) * 3_600 - samples / Math.min(...rates) > mediaCeilings.frameGapSeconds;
}
