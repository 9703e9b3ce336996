import { randomUUID } from 'node:crypto';
import { AwsError } from '../control-plane/aws-error.ts';
import {
  type ExecutionEnvironment,
  type ExecutionEnvironmentOptions,
  startExecutionEnvironment,
} from './execution-environment.ts';
import type { InvocationOutcome } from './invocation.ts';

/** The execution environments of one function. */
export interface FunctionPool {
  /**
   * Runs the function in a warm environment, or in a new one.
   * @throws AwsError `TooManyRequestsException` where the reserved concurrency is used up
   */
  readonly invoke: (payload: string, requestId?: string) => Promise<InvocationOutcome>;
  /** Ends all environments, also those that are working. */
  readonly stop: () => Promise<void>;
}

export function createFunctionPool(options: ExecutionEnvironmentOptions): FunctionPool {
  const { reservedConcurrency, keepWarmSeconds } = options.definition;
  const idle = new Map<ExecutionEnvironment, NodeJS.Timeout>();
  const busy = new Set<ExecutionEnvironment>();

  const take = (): ExecutionEnvironment => {
    // The one used last is the warmest; the others get to end.
    for (const [environment, timer] of [...idle].reverse()) {
      clearTimeout(timer);
      idle.delete(environment);
      if (environment.isUsable()) return environment;
    }
    return startExecutionEnvironment(options);
  };
  const giveBack = (environment: ExecutionEnvironment) => {
    if (!environment.isUsable()) return;
    const timer = setTimeout(() => {
      idle.delete(environment);
      void environment.stop();
    }, keepWarmSeconds * 1000);
    idle.set(environment, timer);
  };

  return {
    invoke: async (payload, requestId = randomUUID()) => {
      if (busy.size >= reservedConcurrency) throw tooManyRequests();
      const environment = take();
      busy.add(environment);
      try {
        return await environment.invoke(requestId, payload);
      } finally {
        busy.delete(environment);
        giveBack(environment);
      }
    },
    stop: async () => {
      const environments = [...idle.keys(), ...busy];
      for (const timer of idle.values()) clearTimeout(timer);
      idle.clear();
      await Promise.all(environments.map((environment) => environment.stop()));
    },
  };
}

function tooManyRequests(): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
}
