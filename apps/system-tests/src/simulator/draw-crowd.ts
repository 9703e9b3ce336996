import type { PriorityPrefixes, TaskSize } from '@fyrestream/events';
import type { Random } from './create-random.ts';
import type { FaultRates } from './fault-rates.ts';

/** Many uploads of several tenants at once, more than there are places. */
export interface Crowd {
  /** Keys below the upload folder, in the order of their uploads. */
  readonly paths: readonly string[];
  /** Faults that delay no launch, so that the order of launches can be checked; null for those of the schedule. */
  readonly rates: Partial<FaultRates> | null;
  /** How long the faults last, from and to. Large tasks cannot start until then. */
  readonly faultMinutes: readonly [number, number];
}

/** The priorities of the simulated stack. */
export const simulatedPriorities: PriorityPrefixes = { 'acme/archive/': 'bulk', 'news/urgent/': 'urgent' };

/** How long the faults of a schedule last, from and to. */
export const faultMinutes = [3, 15] as const;

/** Most uploads are of the first tenant. */
const folders = ['acme/', 'acme/', 'acme/', 'acme/archive/', 'news/', 'news/urgent/', 'studio/'] as const;

export const smallTask: TaskSize = { cpuUnits: 1_024, memoryMiB: 2_048, ephemeralStorageGiB: 21 };
/** Larger than the quota of the account, until the faults of the schedule end. */
export const largeTask: TaskSize = { cpuUnits: 8_192, memoryMiB: 16_384, ephemeralStorageGiB: 21 };
const largePrefix = 'large-';

/** Whether the upload needs a large task. */
export function isLarge(key: string): boolean {
  return key.includes(`/${largePrefix}`);
}

/** @returns null for most schedules */
export function drawCrowd(random: Random): Crowd | null {
  if (!random.chance(0.06)) return null;
  const uploads = random.between(6, 16);
  const large = random.chance(0.25) ? random.between(13, 15) : 0;
  const paths = Array.from({ length: uploads }, (_, number) => `${random.pick(folders)}${number}.mov`);
  return {
    paths: [...Array.from({ length: large }, (_, number) => `acme/${largePrefix}${number}.mov`), ...paths],
    faultMinutes: large === 0 ? faultMinutes : [18, 25],
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
