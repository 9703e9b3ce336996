import { defaultLadderConfig } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { audioStream, factsOf } from '../../test/ffprobe-fixtures.ts';
import { primingTrim } from '../plan/plan-audio.ts';
import { planEncode } from '../plan/plan-encode.ts';
import { checkLoudness } from './check-loudness.ts';
import { createLoudnessReader } from './create-loudness-reader.ts';
import { treatLoudness } from './loudness-treatment.ts';
import { withLoudness } from './with-loudness.ts';

const target = { targetLufs: -16, truePeakDbtp: -1 };

/** As `ametadata` of ffmpeg 5.1 and 7.0 prints it. */
const step = (number: number, lufs: number, peak: number) =>
  `frame:${number}    pts:${4800 * (number + 1)}    pts_time:${(number + 1) / 10}
lavfi.r128.M=-23.1
lavfi.r128.S=-120.691
lavfi.r128.I=${lufs.toFixed(3)}
lavfi.r128.LRA=1.250
lavfi.r128.LRA.low=-24.000
lavfi.r128.LRA.high=-22.750
lavfi.r128.true_peaks_ch0=0.100
lavfi.r128.true_peaks_ch1=${peak.toFixed(3)}
lavfi.r128.true_peak=${peak.toFixed(3)}
`;

describe('the reader of loudness', () => {
  const read = (text: string, chunk: number) => {
    const reader = createLoudnessReader();
    for (let at = 0; at < text.length; at += chunk) reader.push(text.slice(at, at + chunk));
    return reader.end();
  };

  it.each([1, 7, 1000, 100_000])('takes the last step of a text in chunks of %i characters', (chunk) => {
    const steps = Array.from({ length: 101 }, (_, index) => step(index, -30 + index / 100, 0.5));
    expect(read(steps.join(''), chunk)).toEqual({
      ...{ seconds: 10, integratedLufs: -29, rangeLu: 1.3, truePeakDbtp: -6.02 },
    });
  });

  it('finds no loudness in silence, in less than a block and in nothing', () => {
    const none = { integratedLufs: null, rangeLu: null };
    const silent = Array.from({ length: 20 }, (_, index) =>
      step(index, -70, 0).replace('ch0=0.1', 'ch0=0.0'),
    );
    expect(read(silent.join(''), 100)).toEqual({ ...none, seconds: 1.9, truePeakDbtp: null });
    const short = [0, 1, 2, 3].map((index) => step(index, -20, 0.5));
    expect(read(short.join(''), 100)).toEqual({ ...none, seconds: 0.3, truePeakDbtp: -6.02 });
    expect(read('', 1)).toEqual({ ...none, seconds: 0, truePeakDbtp: null });
  });
});

describe('the plan of loudness', () => {
  const plan = planEncode(factsOf([audioStream()]), {}, defaultLadderConfig);
  const source = { seconds: 9, integratedLufs: -30, rangeLu: 2, truePeakDbtp: -5 };

  it('has the target of the ladder, and none where loudness is off', () => {
    expect(plan.loudness).toEqual(target);
    const audio = { ...defaultLadderConfig.audio, loudness: 'off' as const };
    const off = planEncode(factsOf([audioStream()]), {}, { ...defaultLadderConfig, audio });
    expect(off).toEqual({ ...plan, loudness: null });
  });

  it('applies the gain after the resampler and before the samples that become the priming', () => {
    const [track] = withLoudness(plan, [treatLoudness('audio-1', source, target)]).audio;
    expect(track?.filters.map(({ filter }) => filter)).toEqual([
      expect.stringMatching(/^aresample=48000/),
      'volume=14dB:precision=float,aresample=192000,alimiter=limit=0.79433:attack=5:release=50:level=false:latency=true,aresample=48000',
      primingTrim,
    ]);
    expect(withLoudness(plan, [treatLoudness('audio-1', source, null)])).toEqual(plan);
    expect(withLoudness(plan, [])).toEqual(plan);
  });

  it('checks loudness and peaks of what is published', () => {
    const treatment = treatLoudness('audio-1', source, target);
    const passedOf = (integratedLufs: number | null, truePeakDbtp: number) =>
      checkLoudness(treatment, { ...source, integratedLufs, truePeakDbtp }).map(({ passed }) => passed);
    expect(passedOf(-16.5, -1)).toEqual([true, true]);
    expect(passedOf(-15.49, -0.9)).toEqual([false, false]);
    expect(passedOf(null, -20)).toEqual([false, true]);
    const [unknown] = checkLoudness(treatLoudness('audio-1', source, null), source);
    expect(unknown).toMatchObject({ bound: 'none: not measurable', passed: true });
  });
});
