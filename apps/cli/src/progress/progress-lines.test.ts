import { expect, it } from 'vitest';
import { createProgressLines } from './progress-lines.ts';

it('prints a line per phase and per step, each once', () => {
  const lines: string[] = [];
  const report = createProgressLines((line) => lines.push(line)).add('a.mp4');
  for (const fraction of [0, 0.1, 0.2, 0.3, 0.3, 0.55, 0.5, 1]) report({ phase: 'encoding', fraction });
  report({ phase: 'succeeded', fraction: 1 });
  report({ phase: 'succeeded', fraction: 1 });
  expect(lines).toEqual([
    'a.mp4: encoding',
    'a.mp4: encoding, 20%',
    'a.mp4: encoding, 40%',
    'a.mp4: succeeded',
  ]);
});

it('a step has the speed and the time left, where they are measured', () => {
  const lines: string[] = [];
  const report = createProgressLines((line) => lines.push(line)).add('a.mp4');
  report({ phase: 'encoding', fraction: 0.4, speed: 0.42, etaSeconds: 125 });
  expect(lines).toEqual(['a.mp4: encoding, 40%, 0.42x, 2m 5s left']);
});

it('prints what a queued job waits for, and each new place', () => {
  const lines: string[] = [];
  const report = createProgressLines((line) => lines.push(line)).add('a.mp4');
  const queued = { phase: 'queued', fraction: 0 } as const;
  report({ ...queued, waitsFor: 'its inspection' });
  for (const place of [2, 2, 1]) report({ ...queued, waitsFor: 'a free place', queue: { place, length: 3 } });
  expect(lines).toEqual([
    'a.mp4: queued, waits for its inspection',
    'a.mp4: queued, waits for a free place, 2 of 3',
    'a.mp4: queued, waits for a free place, 1 of 3',
  ]);
});
