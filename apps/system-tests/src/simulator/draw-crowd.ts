import type { PriorityPrefixes } from '@fyrestream/events';
import type { Random } from './create-random.ts';
import type { FaultRates } from './fault-rates.ts';

/** Many uploads of several tenants at once, more than there are places. */
export interface Crowd {
  /** Keys below the upload folder, in the order of their uploads. */
  readonly paths: readonly string[];
  /** Faults that delay no launch, so that the order of launches can be checked; null for those of the schedule. */
  readonly rates: Partial<FaultRates> | null;
}

/** The priorities of the simulated stack. */
export const simulatedPriorities: PriorityPrefixes = { 'acme/archive/': 'bulk', 'news/urgent/': 'urgent' };

/** Most uploads are of the first tenant. */
const folders = ['acme/', 'acme/', 'acme/', 'acme/archive/', 'news/', 'news/urgent/', 'studio/'] as const;

/** @returns null for most schedules */
export function drawCrowd(random: Random): Crowd | null {
  if (!random.chance(0.06)) return null;
  const uploads = random.between(6, 16);
  return {
    paths: Array.from({ length: uploads }, (_, number) => `${random.pick(folders)}${number}.mov`),
    rates: random.chance(0.7)
      ? {
          repeatRequest: random.pick([0, 0.1]),
          spotInterruption: random.pick([0, 0.3]),
          secondContainer: random.pick([0, 0.3]),
          maxIndexLagMilliseconds: random.pick([0, 200]),
        }
      : null,
  };
}
