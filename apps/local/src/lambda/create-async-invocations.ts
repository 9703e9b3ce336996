import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeTemporaryFiles } from '../data-directory/data-layout.ts';
import { readJsonFile } from '../data-directory/read-json-file.ts';
import { writeJsonAtomically } from '../data-directory/write-json-atomically.ts';
import type { InvocationOutcome } from './invocation.ts';

/** The queue of Lambda for asynchronous invocations. */
export interface AsyncInvocations {
  /** Returns when the event is stored on disk. */
  readonly accept: (functionName: string, payload: string) => void;
  readonly stop: () => void;
}

interface AsyncEvent {
  readonly id: string;
  readonly functionName: string;
  readonly payload: string;
  /** Number of failed runs so far. */
  readonly failures: number;
}

export interface AsyncInvocationsDependencies {
  readonly directory: string;
  /** The delay before each retry; after the last retry the event is dropped, as in Lambda. */
  readonly retryDelaysSeconds: readonly number[];
  readonly invoke: (functionName: string, payload: string, requestId: string) => Promise<InvocationOutcome>;
  readonly log: (line: string) => void;
}

/** The delay after throttling, which does not count as a failure. */
const throttledDelaySeconds = 1;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export function createAsyncInvocations(dependencies: AsyncInvocationsDependencies): AsyncInvocations {
  const { directory, retryDelaysSeconds, log } = dependencies;
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  const pathOf = (event: AsyncEvent) => join(directory, `${event.id}.json`);

  const schedule = (event: AsyncEvent, delaySeconds: number) => {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt(event);
    }, delaySeconds * 1000);
    timers.add(timer);
  };
  const attempt = async (event: AsyncEvent) => {
    let outcome: InvocationOutcome;
    try {
      outcome = await dependencies.invoke(event.functionName, event.payload, event.id);
    } catch (error) {
      log(`${event.functionName}: event ${event.id} is delayed: ${String(error)}`);
      return schedule(event, throttledDelaySeconds);
    }
    // The local cloud ended the run: the next start retries it.
    if (stopped) return;
    if (outcome.outcome === 'returned') return rmSync(pathOf(event), { force: true });
    const delaySeconds = retryDelaysSeconds[event.failures];
    if (delaySeconds === undefined) {
      log(`${event.functionName}: event ${event.id} is dropped: ${outcome.error.errorMessage}`);
      return rmSync(pathOf(event), { force: true });
    }
    const failedOnce = { ...event, failures: event.failures + 1 };
    writeJsonAtomically(pathOf(event), failedOnce);
    schedule(failedOnce, delaySeconds);
  };

  removeTemporaryFiles(directory);
  for (const name of readdirSync(directory)) schedule(readJsonFile(join(directory, name)) as AsyncEvent, 0);
  return {
    accept: (functionName, payload) => {
      const event = { id: randomUUID(), functionName, payload, failures: 0 };
      writeJsonAtomically(pathOf(event), event);
      schedule(event, 0);
    },
    stop: () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
