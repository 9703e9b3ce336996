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
