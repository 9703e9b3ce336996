import type { Random } from './random.ts';

/** How likely each thing goes wrong. Every schedule has its own: most faults are absent from most of them. */
export interface Rates {
  /** Per effect: the process dies before it, or after it and before its answer. */
  crash: number;
  throttle: number;
  /** The effect happened, the caller sees a broken connection. */
  loseAnswer: number;
  /** The answer was lost and the SDK sent the request again. */
  repeat: number;
  /** The process stands still for seconds or minutes, then goes on as if nothing had been. */
  freeze: number;
  /** The process stands still for ever, its container alive. */
  hang: number;
  slow: number;
  /** Per message. */
  lose: number;
  duplicate: number;
  delay: number;
  /** Per task. */
  noPlace: number;
  startFailure: number;
  neverStarts: number;
  spotInterruption: number;
  zombie: number;
  /** ECS starts a second container for one task. */
  duplicateContainer: number;
  outOfMemory: number;
  /** Per media stage: a failure that may pass. */
  mediaFailure: number;
  /** Lag of the table's indexes, at most, in milliseconds. */
  indexLag: number;
  /** How far clocks are off, at most, in milliseconds. */
  clockDrift: number;
}

export interface Faults {
  readonly rates: Readonly<Rates>;
  /** From now on nothing goes wrong. */
  stopFaults(): void;
  isStopped(): boolean;
}

const calm: Rates = {
  crash: 0,
  throttle: 0,
  loseAnswer: 0,
  repeat: 0,
  freeze: 0,
  hang: 0,
  slow: 0,
  lose: 0,
  duplicate: 0,
  delay: 0,
  noPlace: 0,
  startFailure: 0,
  neverStarts: 0,
  spotInterruption: 0,
  zombie: 0,
  duplicateContainer: 0,
  outOfMemory: 0,
  mediaFailure: 0,
  indexLag: 0,
  clockDrift: 0,
};

export function createFaults(random: Random, fixed?: Partial<Rates>): Faults {
  const usuallyZero = (...rates: number[]) => (random.chance(0.55) ? 0 : random.pick(rates));
  const drawn: Rates = {
    crash: usuallyZero(0.002, 0.01, 0.03),
    throttle: usuallyZero(0.01, 0.05),
    loseAnswer: usuallyZero(0.01, 0.05),
    repeat: usuallyZero(0.02, 0.1),
    freeze: usuallyZero(0.002, 0.02),
    hang: usuallyZero(0.001, 0.005),
    slow: usuallyZero(0.02, 0.2),
    lose: usuallyZero(0.1, 0.5),
    duplicate: usuallyZero(0.1, 0.6),
    delay: usuallyZero(0.2, 0.6),
    noPlace: usuallyZero(0.2, 0.6),
    startFailure: usuallyZero(0.1, 0.3),
    neverStarts: usuallyZero(0.1),
    spotInterruption: usuallyZero(0.2, 0.5),
    zombie: usuallyZero(0.2, 0.5),
    duplicateContainer: usuallyZero(0.2, 0.5),
    outOfMemory: usuallyZero(0.1, 0.4),
    mediaFailure: usuallyZero(0.02, 0.1),
    indexLag: usuallyZero(200, 5_000),
    clockDrift: usuallyZero(500, 30_000, 120_000),
  };
  let isStopped = false;
  const faults = {
    rates: fixed === undefined ? drawn : { ...calm, ...fixed },
    isStopped: () => isStopped,
    stopFaults() {
      isStopped = true;
      // Clocks stay as wrong as they are.
      faults.rates = { ...calm, clockDrift: faults.rates.clockDrift };
    },
  };
  return faults;
}
