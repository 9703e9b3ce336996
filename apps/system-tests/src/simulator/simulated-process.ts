import { FyrestreamError } from '@fyrestream/events';
import type { Faults } from './fault-rates.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What everything in one schedule shares. */
export interface Simulation {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly faults: Faults;
  /** Says what happens, for whoever replays a schedule. */
  trace(line: () => string): void;
}

export type Ending<Value> =
  | { how: 'returned'; value: Value }
  | { how: 'threw'; error: unknown }
  | { how: 'killed' };

/**
 * A process that runs real code. It touches the world by effects alone; between two effects it cannot be interrupted,
 * at each it can be delayed, refused, frozen or killed.
 */
export interface SimulatedProcess {
  readonly name: string;
  isAlive(): boolean;
  /** Alive, but never to move again. */
  isHung(): boolean;
  /** Not moving just now. */
  standsStill(): boolean;
  /** The process's own clock, which may be wrong. ISO 8601. */
  clock(): string;
  /** @param once whether the caller's SDK never repeats the request by itself */
  effect<Value>(label: string, perform: () => Value, once?: 'once'): Promise<Value>;
  /** Waits for something that the world tells when it is so far. */
  waitFor<Value>(subscribe: (settle: (ending: Ending<Value>) => void) => void): Promise<Value>;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  every(milliseconds: number, tick: () => void): () => void;
  kill(): void;
}

export function startProcess<Value>(
  simulation: Simulation,
  name: string,
  main: (self: SimulatedProcess) => Promise<Value>,
  onEnd: (ending: Ending<Value>) => void,
): SimulatedProcess {
  const { time, random, faults, trace } = simulation;
  const drift = faults.rates.clockDrift;
  const skew = drift === 0 ? 0 : random.between(-drift, drift);
  let alive = true;
  let frozenUntil = 0;
  /** What sleeps listens to signals, and Node keeps composite signals as long as somebody listens: the dead must not. */
  const listening = new Set<() => void>();

  const end = (ending: Ending<Value>) => {
    if (!alive) return;
    alive = false;
    for (const stopListening of listening) stopListening();
    trace(() => `${name} ${ending.how}${ending.how === 'threw' ? ` ${ending.error}` : ''}`);
    onEnd(ending);
  };
  /** Goes on with the code of the process, when it is not frozen and if it still lives. */
  const resume = (goOn: () => void) => {
    if (!alive || frozenUntil === Number.POSITIVE_INFINITY) return;
    if (frozenUntil > time.now()) time.after(frozenUntil - time.now(), () => resume(goOn));
    else goOn();
  };
  const maybeFreeze = (label: string) => {
    const { freeze } = faults.rates;
    if (random.chance(faults.rates.hang)) frozenUntil = Number.POSITIVE_INFINITY;
    else if (random.chance(touchesOutputs.test(label) ? 10 * freeze : freeze))
      frozenUntil = time.now() + random.pick([3_000, 70_000, 400_000]);
    else return;
    trace(() => `${name} stands still until ${frozenUntil}`);
  };

  const self: SimulatedProcess = {
    name,
    isAlive: () => alive,
    isHung: () => frozenUntil === Number.POSITIVE_INFINITY,
    standsStill: () => frozenUntil > time.now(),
    clock: () => new Date(time.now() + skew).toISOString(),
    effect(label, perform, once) {
      return new Promise((resolve, reject) => {
        if (!alive) return;
        const fate = drawFate(random, faults, once === 'once');
        time.after(drawLatency(random, faults), () => {
          // What a dead process had sent may still arrive.
          if (!alive && random.chance(0.5)) return;
          trace(() => `${name} ${alive ? '' : '(dead) '}${label}${fate === 'fine' ? '' : ` ${fate}`}`);
          if (fate === 'crash-before') return self.kill();
          if (fate === 'throttled') return resume(() => reject(refusal('ThrottlingException', label)));
          let settle = attempt(perform, resolve, reject);
          if (fate === 'repeated') settle = attempt(perform, resolve, reject);
          if (fate === 'crash-after') return self.kill();
          maybeFreeze(label);
          if (fate === 'answer-lost') return resume(() => reject(refusal('TimeoutError', label)));
          resume(settle);
        });
      });
    },
    waitFor: (subscribe) =>
      new Promise((resolve, reject) => {
        subscribe((ending) =>
          resume(() => {
            if (ending.how === 'returned') resolve(ending.value);
            else reject(ending.how === 'threw' ? ending.error : refusal('Killed', name));
          }),
        );
      }),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const wake = () => {
          stopListening();
          reject(signal.reason);
        };
        const stopListening = () => {
          signal.removeEventListener('abort', wake);
          listening.delete(stopListening);
        };
        signal.addEventListener('abort', wake);
        listening.add(stopListening);
        time.after(milliseconds, () => {
          stopListening();
          resume(resolve);
        });
      }),
    every(milliseconds, tick) {
      let isOn = true;
      const next = () =>
        time.after(milliseconds, () => {
          if (!isOn || !alive) return;
          resume(tick);
          if (frozenUntil !== Number.POSITIVE_INFINITY) next();
        });
      next();
      return () => {
        isOn = false;
      };
    },
    kill: () => end({ how: 'killed' }),
  };
  main(self).then(
    (value) => end({ how: 'returned', value }),
    (error) => end({ how: 'threw', error }),
  );
  return self;
}

/** Where standing still is worst: between looking at what is published and writing it. */
const touchesOutputs = /^(dynamodb|s3) \S+ output/;

type Fate = 'fine' | 'crash-before' | 'crash-after' | 'throttled' | 'answer-lost' | 'repeated';

function drawFate(random: Random, { rates }: Faults, once: boolean): Fate {
  if (random.chance(rates.crash)) return random.chance(0.5) ? 'crash-before' : 'crash-after';
  if (random.chance(rates.throttle)) return 'throttled';
  if (random.chance(rates.loseAnswer)) return 'answer-lost';
  return !once && random.chance(rates.repeat) ? 'repeated' : 'fine';
}

function drawLatency(random: Random, { rates }: Faults): number {
  return random.chance(rates.slow)
    ? random.pick([500, 4_000, 20_000]) * random.next()
    : 1 + 30 * random.next();
}

function attempt<Value>(
  perform: () => Value,
  resolve: (value: Value) => void,
  reject: (error: unknown) => void,
): () => void {
  try {
    const value = perform();
    return () => resolve(value);
  } catch (error) {
    return () => reject(error);
  }
}

/** A refusal of a service, by the name that the SDK would give it. */
export function refusal(name: string, message: string, facts: object = {}): Error {
  // Nobody reads its stack, and stacks are dear.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const error = Object.assign(
    new FyrestreamError({ code: 'simulated-refusal', message, retryable: true }),
    { name },
    facts,
  );
  Error.stackTraceLimit = stackTraceLimit;
  return error;
}
