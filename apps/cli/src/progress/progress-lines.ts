import { describeQueue } from '@fyrestream/operations';
import { formatSeconds, formatSpeed } from '../present/format-values.ts';
import type { ProgressDisplay } from './progress-display.ts';
import { throttleProgress } from './throttle-progress.ts';

/** For logs: a line when the phase changes, and a few lines within a phase. */
export function createProgressLines(note: (line: string) => void): ProgressDisplay {
  return {
    add: (name) =>
      throttleProgress(({ phase, percent, isStep, waitsFor, queue, speed, etaSeconds }) => {
        const waits = [waitsFor && `waits for ${waitsFor}`, queue && describeQueue(queue)];
        const pace = [
          ...(speed === null ? [] : [formatSpeed(speed)]),
          ...(etaSeconds === null ? [] : [`${formatSeconds(etaSeconds)} left`]),
        ];
        const details = isStep ? [`${percent}%`, ...pace] : waits.filter((detail) => detail !== null);
        note(`${name}: ${[phase, ...details].join(', ')}`);
      }),
    stop: () => {},
  };
}
