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
  twin: number;
  outOfMemory: number;
  /** Per media stage: a failure that may pass. */
  mediaFailure: number;
  /** Lag of the table's indexes, at most, in milliseconds. */
  indexLag: number;
  /** How far clocks are off, at most, in milliseconds. */
  clockDrift: number;
}

export interface Weather {
  readonly rates: Readonly<Rates>;
  /** From now on nothing goes wrong. */
  clearUp(): void;
  isClear(): boolean;
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
  twin: 0,
  outOfMemory: 0,
  mediaFailure: 0,
  indexLag: 0,
  clockDrift: 0,
};

export function createWeather(random: Random, fixed?: Partial<Rates>): Weather {
  const mostlyNone = (...rates: number[]) => (random.chance(0.55) ? 0 : random.pick(rates));
  const drawn: Rates = {
    crash: mostlyNone(0.002, 0.01, 0.03),
    throttle: mostlyNone(0.01, 0.05),
    loseAnswer: mostlyNone(0.01, 0.05),
    repeat: mostlyNone(0.02, 0.1),
    freeze: mostlyNone(0.002, 0.02),
    hang: mostlyNone(0.001, 0.005),
    slow: mostlyNone(0.02, 0.2),
    lose: mostlyNone(0.1, 0.5),
    duplicate: mostlyNone(0.1, 0.6),
    delay: mostlyNone(0.2, 0.6),
    noPlace: mostlyNone(0.2, 0.6),
    startFailure: mostlyNone(0.1, 0.3),
    neverStarts: mostlyNone(0.1),
    spotInterruption: mostlyNone(0.2, 0.5),
    zombie: mostlyNone(0.2, 0.5),
    twin: mostlyNone(0.2, 0.5),
    outOfMemory: mostlyNone(0.1, 0.4),
    mediaFailure: mostlyNone(0.02, 0.1),
    indexLag: mostlyNone(200, 5_000),
    clockDrift: mostlyNone(500, 30_000, 120_000),
  };
  let isClear = false;
  const weather = {
    rates: fixed === undefined ? drawn : { ...calm, ...fixed },
    isClear: () => isClear,
    clearUp() {
      isClear = true;
      // Clocks stay as wrong as they are.
      weather.rates = { ...calm, clockDrift: weather.rates.clockDrift };
    },
  };
  return weather;
}
