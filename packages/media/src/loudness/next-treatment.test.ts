import { expect, it } from 'vitest';
import { treatLoudness } from './loudness-treatment.ts';
import type { MeasuredLoudness } from './measured-loudness.ts';
import { nextTreatment as next, type TreatmentResult } from './next-treatment.ts';

const target = { targetLufs: -16, truePeakDbtp: -1 };
const of = (integratedLufs: number | null, truePeakDbtp: number | null): MeasuredLoudness => ({
  seconds: 60,
  integratedLufs,
  rangeLu: integratedLufs === null ? null : 5,
  truePeakDbtp,
});
const treat = (source: MeasuredLoudness) => treatLoudness('audio-1', source, target);
/** @param tried at least one, in their order */
function nextTreatment(tried: readonly TreatmentResult[], isLast = false) {
  return next(tried.at(-1) ?? expect.unreachable(), tried.slice(0, -1), target, { isLast });
}

it('raises a quiet track by a gain alone while its peaks stay below the encoder headroom', () => {
  expect(treat(of(-30, -16))).toMatchObject({ gainDb: 14, ceilingDbtp: null });
  expect(treat(of(-30, -15.9))).toMatchObject({ gainDb: 14, ceilingDbtp: -2 });
  expect(treat(of(-6, 0.5))).toMatchObject({ gainDb: -10, ceilingDbtp: null });
});

it('leaves silence, noise and what has no loudness as it is', () => {
  for (const source of [of(null, null), of(null, -20), of(-50.1, -30)]) {
    expect(treat(source)).toMatchObject({ gainDb: 0, ceilingDbtp: null, aim: null });
  }
  expect(treatLoudness('audio-1', of(-30, -16), null)).toMatchObject({ gainDb: 0, aim: null });
});

it('takes a result that is as aimed', () => {
  const treatment = treat(of(-30, -16));
  expect(nextTreatment([{ treatment, result: of(-16.3, -2) }])).toBe(treatment);
});

it('gives back the loudness that the limiter takes, by what more gain brought so far', () => {
  const first = treat(of(-30, -4));
  const second = nextTreatment([{ treatment: first, result: of(-18, -2) }]);
  expect(second.gainDb).toBe(16);
  const tried = [
    { treatment: first, result: of(-18, -2) },
    { treatment: second, result: of(-17, -2) },
  ];
  expect(nextTreatment(tried).gainDb).toBe(18);
});

it('lowers the ceiling by what the encoder adds to the peaks, and limits what was not limited', () => {
  const treatment = treat(of(-30, -16.5));
  expect(treatment.ceilingDbtp).toBeNull();
  expect(nextTreatment([{ treatment, result: of(-16, 0.5) }]).ceilingDbtp).toBe(-3.7);
});

it('does not raise the noise for a loudness that peaks do not allow, and aims at what was reached', () => {
  const tried: TreatmentResult[] = [{ treatment: treat(of(-40, -1)), result: of(-34, -2) }];
  for (;;) {
    const further = nextTreatment(tried);
    expect(further.gainDb).toBeLessThanOrEqual(36);
    const last = tried.at(-1)?.treatment;
    if (further.gainDb === last?.gainDb) {
      expect(further).toMatchObject({ aim: { integratedLufs: -32, truePeakDbtp: -1 } });
      expect(further.why).toContain('does not reach the target');
      return;
    }
    tried.push({ treatment: further, result: of(further.gainDb > 35 ? -32 : -33, -2) });
  }
});

it('takes the nearest of what was tried, low peaks first, when no further one is tried', () => {
  const [loud, low] = [treat(of(-30, -16)), treat(of(-31, -17))];
  const tried = [
    { treatment: low, result: of(-17, -1.5) },
    { treatment: loud, result: of(-16, 1) },
  ];
  expect(nextTreatment(tried, true)).toMatchObject({
    gainDb: low.gainDb,
    aim: { integratedLufs: -17, truePeakDbtp: -1 },
  });
});

it('does not normalise a sound of which the encoder leaves nothing', () => {
  const treatment = treat(of(-20, -20));
  expect(nextTreatment([{ treatment, result: of(null, -40) }]).aim).toBeNull();
});
