import type { Faults } from './create-faults.ts';
import type { Random } from './create-random.ts';
import { serviceError } from './service-error.ts';
import type { ProcessResult, SimulatedProcess } from './simulated-process.ts';
import type { Simulation } from './simulation.ts';

export function startProcess<Value>(
  simulation: Simulation,
  name: string,
  main: (self: SimulatedProcess) => Promise<Value>,
  onEnd: (result: ProcessResult<Value>) => void,
): SimulatedProcess {
  const { time, random, faults, trace } = simulation;
  const maxOffset = faults.rates.maxClockOffsetMilliseconds;
  const clockOffset = maxOffset === 0 ? 0 : random.between(-maxOffset, maxOffset);
  let alive = true;
  let pausedUntil = 0;
  let hasFailure = false;
  /** Ends the listeners of all sleeps: Node keeps a composite signal in memory as long as it has a listener. */
  const stopListeners = new Set<() => void>();

  const end = (result: ProcessResult<Value>) => {
    if (!alive) return;
    alive = false;
    for (const stopListening of stopListeners) stopListening();
    trace(() => `${name} ${result.kind}${result.kind === 'threw' ? ` ${result.error}` : ''}`);
    onEnd(result);
  };
  /** Continues the code of the process once it is not paused, if it is still alive. */
  const resume = (run: () => void) => {
    if (!alive || pausedUntil === Number.POSITIVE_INFINITY) return;
    if (pausedUntil > time.now()) time.after(pausedUntil - time.now(), () => resume(run));
    else run();
  };
  const maybePause = (label: string) => {
    const { pause } = faults.rates;
    if (random.chance(faults.rates.hang)) pausedUntil = Number.POSITIVE_INFINITY;
    else if (random.chance(outputCalls.test(label) ? 10 * pause : pause))
      // A worker makes two calls at a time: the longer pause is that of the whole process.
      pausedUntil = Math.max(pausedUntil, time.now() + random.pick([3_000, 70_000, 400_000]));
    else return;
    trace(() => `${name} is paused until ${pausedUntil}`);
  };

  const self: SimulatedProcess = {
    name,
    isAlive: () => alive,
    isHung: () => pausedUntil === Number.POSITIVE_INFINITY,
    mayHaveFailed: () => hasFailure || pausedUntil > time.now(),
    noteFailure: () => {
      hasFailure = true;
    },
    clock: () => new Date(time.now() + clockOffset).toISOString(),
    call(label, perform, once) {
      return new Promise((resolve, reject) => {
        if (!alive) return;
        const fault = drawCallFault(random, faults, once === 'once');
        time.after(drawLatency(random, faults, simulation.maxLatencyOf?.(label) ?? 31), () => {
          // A request that a dead process had sent may still arrive.
          if (!alive && random.chance(0.5)) return;
          trace(() => `${name} ${alive ? '' : '(dead) '}${label}${fault === 'none' ? '' : ` ${fault}`}`);
          if (fault === 'crash-before') return self.kill();
          hasFailure ||= fault === 'throttled' || fault === 'response-lost';
          if (fault === 'throttled') return resume(() => reject(serviceError('ThrottlingException', label)));
          const request = () => {
            simulation.onCall?.(name, label);
            return perform();
          };
          let settle = attempt(request, resolve, reject);
          if (fault === 'repeated') settle = attempt(request, resolve, reject);
          if (fault === 'crash-after') return self.kill();
          maybePause(label);
          if (fault === 'response-lost') return resume(() => reject(serviceError('TimeoutError', label)));
          resume(settle);
        });
      });
    },
    waitFor: (subscribe) =>
      new Promise((resolve, reject) => {
        subscribe((result) =>
          resume(() => {
            if (result.kind === 'returned') resolve(result.value);
            else reject(result.kind === 'threw' ? result.error : serviceError('Killed', name));
          }),
        );
      }),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const onAbort = () => {
          stopListening();
          reject(signal.reason);
        };
        const stopListening = () => {
          signal.removeEventListener('abort', onAbort);
          stopListeners.delete(stopListening);
        };
        signal.addEventListener('abort', onAbort);
        stopListeners.add(stopListening);
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
          if (pausedUntil !== Number.POSITIVE_INFINITY) next();
        });
      next();
      return () => {
        isOn = false;
      };
    },
    kill: () => end({ kind: 'killed' }),
  };
  main(self).then(
    (value) => end({ kind: 'returned', value }),
    (error) => end({ kind: 'threw', error }),
  );
  return self;
}

/** Pauses do the most harm between reading what is published and writing it. */
const outputCalls = /^(dynamodb|s3) \S+ output/;

type CallFault = 'none' | 'crash-before' | 'crash-after' | 'throttled' | 'response-lost' | 'repeated';

function drawCallFault(random: Random, { rates }: Faults, once: boolean): CallFault {
  if (random.chance(rates.crash)) return random.chance(0.5) ? 'crash-before' : 'crash-after';
  if (random.chance(rates.throttle)) return 'throttled';
  if (random.chance(rates.loseResponse)) return 'response-lost';
  return !once && random.chance(rates.repeatRequest) ? 'repeated' : 'none';
}

/** Milliseconds. */
function drawLatency(random: Random, { rates }: Faults, max: number): number {
  return random.chance(rates.slowCall)
    ? random.pick([500, 4_000, 20_000]) * random.next()
    : 1 + (max - 1) * random.next();
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
