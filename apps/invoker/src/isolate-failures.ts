import type { Logger } from '@fyrestream/cloud';
import { reasonFrom } from '@fyrestream/events';

/** Runs one part of a sweep; its failure is logged and does not stop the other parts. */
export type IsolateFailures = (about: string, work: () => Promise<unknown>) => Promise<void>;

/** @returns `failures` collects what `isolate` caught */
export function createIsolation(log: Logger): { isolate: IsolateFailures; failures: readonly unknown[] } {
  const failures: unknown[] = [];
  return {
    failures,
    async isolate(about, work) {
      try {
        await work();
      } catch (error) {
        log.error({ about, reason: reasonFrom(error) }, 'sweep-in-trouble');
        failures.push(error);
      }
    },
  };
}
