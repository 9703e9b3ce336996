import { expect, it } from 'vitest';
import { launchDelaySeconds } from './retry-policy.ts';

const jobIds = Array.from({ length: 1_000 }, (_, index) => `${index}`.padStart(26, 'a'));
const delays = (waitCount: number) => jobIds.map((jobId) => launchDelaySeconds({ jobId, waitCount }));

it.each([
  [1, 15, 22],
  [2, 30, 45],
  [3, 60, 90],
  [7, 600, 900],
  [1_000, 600, 900],
])('F14 the launch after refusal %i comes after %i to %i seconds', (waitCount, shortest, longest) => {
  expect(Math.min(...delays(waitCount))).toBe(shortest);
  expect(Math.max(...delays(waitCount))).toBeGreaterThan(longest - 2);
  expect(Math.max(...delays(waitCount))).toBeLessThanOrEqual(longest);
});

it('F14 a thousand jobs that were refused together do not come back together', () => {
  const perSecond = new Map<number, number>();
  for (const delay of delays(7)) perSecond.set(delay, (perSecond.get(delay) ?? 0) + 1);
  expect(perSecond.size).toBeGreaterThan(250);
  expect(Math.max(...perSecond.values())).toBeLessThan(20);
});

it('F14 two jobs that came back together do not do so again and again', () => {
  const [a = '', b = ''] = jobIds;
  const meetings = Array.from({ length: 200 }, (_, index) => index + 7).filter(
    (waitCount) =>
      launchDelaySeconds({ jobId: a, waitCount }) === launchDelaySeconds({ jobId: b, waitCount }),
  );
  expect(meetings.length).toBeLessThan(10);
});
