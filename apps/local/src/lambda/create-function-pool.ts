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
   * Runs the function in a warm environment, or in a new one where none is idle.
   * @throws AwsError `TooManyRequestsException` where the reserved concurrency is used up
   */
  readonly invoke: (payload: string, requestId?: string) => Promise<InvocationOutcome>;
  /** Ends all environments, also busy ones. */
  readonly stop: () => Promise<void>;
}

export function createFunctionPool(options: ExecutionEnvironmentOptions): FunctionPool {
  const { reservedConcurrency, keepWarmSeconds } = options.definition;
  const idle = new Map<ExecutionEnvironment, NodeJS.Timeout>();
  const busy = new Set<ExecutionEnvironment>();

  const acquire = (): ExecutionEnvironment => {
    // The environment that was used last comes first, so that the others reach their timeout.
    for (const [environment, timer] of [...idle].reverse()) {
      clearTimeout(timer);
      idle.delete(environment);
      if (environment.isUsable()) return environment;
    }
    return startExecutionEnvironment(options);
  };
  const release = (environment: ExecutionEnvironment) => {
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
      const environment = acquire();
      busy.add(environment);
      try {
        return await environment.invoke(requestId, payload);
      } finally {
        busy.delete(environment);
        release(environment);
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
