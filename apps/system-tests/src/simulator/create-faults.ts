import type { Random } from './create-random.ts';
import { drawFaultRates, type FaultRates, noFaults } from './fault-rates.ts';

/** The faults of one schedule, until they are stopped. */
export interface Faults {
  readonly rates: Readonly<FaultRates>;
  /** From now on only the clocks stay wrong. */
  stop(): void;
  isStopped(): boolean;
}

/** @param fixed these rates and no other faults, instead of rates drawn at random */
export function createFaults(random: Random, fixed?: Partial<FaultRates>): Faults {
  // Drawn in any case, so that the same seed draws the same afterwards.
  const drawn = drawFaultRates(random);
  let isStopped = false;
  const faults = {
    rates: fixed === undefined ? drawn : { ...noFaults, ...fixed },
    isStopped: () => isStopped,
    stop() {
      isStopped = true;
      const { maxClockOffsetMilliseconds } = faults.rates;
      faults.rates = { ...noFaults, maxClockOffsetMilliseconds };
    },
  };
  return faults;
}
