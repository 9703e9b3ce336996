import type { Faults } from './create-faults.ts';
import type { Random } from './create-random.ts';
import type { VirtualTime } from './create-virtual-time.ts';

/** What all parts of one schedule share. */
export interface Simulation {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly faults: Faults;
  /** Told of each request of a process just before the service does it. */
  readonly onCall?: (caller: string, label: string) => void;
  /** How long a request takes at most, in milliseconds, if it is not slow; 31 by default. */
  readonly maxLatencyOf?: (label: string) => number;
  /** Prints a step when a schedule is replayed. */
  trace(line: () => string): void;
}
