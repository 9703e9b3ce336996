/** How a TTML document counts frames and ticks. */
export interface TtmlRates {
  readonly framesPerSecond: number;
  readonly ticksPerSecond: number;
}

/** Of the attributes of the element `tt`. Source: W3C TTML2, 7.2. */
export function ttmlRatesOf(attribute: (name: string) => string | undefined): TtmlRates {
  const positive = (text: string | undefined) => (Number(text) > 0 ? Number(text) : null);
  const [numerator, denominator] = (attribute('frameRateMultiplier') ?? '').split(/[\s:]+/).map(positive);
  const frameRate = positive(attribute('frameRate'));
  const framesPerSecond = ((frameRate ?? 30) * (numerator ?? 1)) / (denominator ?? 1);
  return {
    framesPerSecond,
    ticksPerSecond: positive(attribute('tickRate')) ?? (frameRate === null ? 1 : framesPerSecond),
  };
}

/** `01:02:03`, `01:02:03.5`, and `01:02:03:12` with frames. */
const clockTime = /^(\d{1,6}):(\d{1,2}):(\d{1,2})(?:(\.\d{1,9})|:(\d{1,4})(?:\.\d{1,4})?)?$/;
const offsetTime = /^(\d{1,12}(?:\.\d{1,9})?)(h|m|s|ms|f|t)$/;

/** @returns milliseconds; null if it is no time. Source: W3C TTML2, 12.3.1 */
export function readTtmlTime(text: string, { framesPerSecond, ticksPerSecond }: TtmlRates): number | null {
  const trimmed = text.trim();
  const clock = clockTime.exec(trimmed);
  if (clock !== null) {
    const [, hours, minutes, seconds, fraction = '0', frames = '0'] = clock;
    const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
    return Math.round((whole + Number(fraction) + Number(frames) / framesPerSecond) * 1_000);
  }
  const [, value, unit] = offsetTime.exec(trimmed) ?? [];
  const seconds: Record<string, number> = {
    h: 3_600,
    m: 60,
    s: 1,
    ms: 0.001,
    f: 1 / framesPerSecond,
    t: 1 / ticksPerSecond,
  };
  return unit === undefined ? null : Math.round(Number(value) * (seconds[unit] ?? 0) * 1_000);
}
