import type { MeasuredLoudness } from './measured-loudness.ts';

export interface LoudnessReader {
  /** Takes text in chunks that are split anywhere. */
  push(text: string): void;
  end(): MeasuredLoudness;
}

/** More than the lines of two steps. */
const keptCharacters = 2_000;
/** ffmpeg starts here: no block was louder than the absolute gate. Source: EBU Tech 3341. */
const absoluteGateLufs = -70;
const blockSeconds = 0.4;
const sampleRateHertz = 48_000;

/** Parses the output of `loudnessFilter`: values are those of all audio so far, so the last ones count. */
export function createLoudnessReader(): LoudnessReader {
  let tail = '';
  let firstTicks: number | null = null;
  const last = (key: string) => {
    const text = [...tail.matchAll(new RegExp(`^${key}=(\\S+)$`, 'gm'))].at(-1)?.[1];
    const value = Number(text);
    return text === undefined || !Number.isFinite(value) ? null : value;
  };
  return {
    push(text) {
      tail += text;
      firstTicks ??= ticksOf(tail).at(0) ?? null;
      if (tail.length > 4 * keptCharacters) tail = tail.slice(-keptCharacters);
    },
    end() {
      const lastTicks = ticksOf(tail).at(-1) ?? 0;
      // The padding is one step more.
      const seconds = firstTicks === null ? 0 : (lastTicks - firstTicks) / sampleRateHertz;
      const integrated = last('lavfi.r128.I');
      const hasLoudness = integrated !== null && integrated > absoluteGateLufs && seconds >= blockSeconds;
      const peaks = channelsOf(tail).map((channel) => last(`lavfi.r128.true_peaks_ch${channel}`) ?? 0);
      const peak = Math.max(0, ...peaks);
      return {
        seconds: roundedTo(seconds, 1),
        integratedLufs: hasLoudness ? roundedTo(integrated, 2) : null,
        rangeLu: hasLoudness ? roundedTo(last('lavfi.r128.LRA') ?? 0, 1) : null,
        truePeakDbtp: peak > 0 ? roundedTo(20 * Math.log10(peak), 2) : null,
      };
    },
  };
}

function channelsOf(text: string): string[] {
  const found = text.matchAll(/^lavfi\.r128\.true_peaks_ch(\d+)=/gm);
  return [...new Set([...found].map(([, channel = '']) => channel))];
}

function ticksOf(text: string): number[] {
  return [...text.matchAll(/^frame:\d+\s+pts:(\d+)\s.*\n/gm)].map(([, ticks]) => Number(ticks));
}

export function roundedTo(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits + 0;
}
