import { expect, it } from 'vitest';
import { criticalPathSeconds } from '../measure/critical-path.ts';
import { timesOfFilm } from './film-times.ts';

const times = { startSeconds: 2, unitSeconds: [] };
const short = {
  materialSeconds: 20,
  times: { ...times, planSeconds: 2, audioSeconds: 0.4, videoSeconds: 70, assemblySeconds: 5 },
};
const long = {
  materialSeconds: 60,
  times: { ...times, planSeconds: 4, audioSeconds: 1.2, videoSeconds: 240, assemblySeconds: 7 },
};

it('divides an hour into the units of a stack that sets none, at the measured speed', () => {
  const { unitSeconds, ...film } = timesOfFilm(short, long, 3_600);
  expect(film).toEqual({
    startSeconds: 2,
    planSeconds: expect.closeTo(4 + 0.05 * 3_540),
    assemblySeconds: expect.closeTo(7 + 0.05 * 3_540),
  });
  expect(unitSeconds).toHaveLength(1 + 75);
  expect(unitSeconds[0]).toBeCloseTo(72);
  expect(unitSeconds[1]).toBeCloseTo(4 * 48);
});

it('shows that sixteen workers are less than sixteen times as fast: plan and assembly are not divided', () => {
  const film = timesOfFilm(short, long, 3_600);
  const speedUp = criticalPathSeconds(film, 1) / criticalPathSeconds(film, 16);
  expect(speedUp).toBeGreaterThan(8);
  expect(speedUp).toBeLessThan(16);
});
