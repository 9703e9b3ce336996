import type { AwsService } from '../control-plane/aws-service.ts';
import type { DataLayout } from '../data-directory/data-layout.ts';
import { LocalError } from '../local-error.ts';
import type { FunctionDefinition } from '../topology.ts';
import { createAsyncInvocations } from './create-async-invocations.ts';
import { createFunctionPool } from './create-function-pool.ts';
import { createLambdaService } from './create-lambda-service.ts';
import { functionLogFile } from './function-log.ts';
import type { InvocationOutcome } from './invocation.ts';

/** The functions of a local cloud. */
export interface Functions {
  readonly service: AwsService;
  readonly invoke: (functionName: string, payload: string) => Promise<InvocationOutcome>;
  /** Ends all processes, also busy ones. */
  readonly stop: () => Promise<void>;
}

export interface FunctionsDependencies {
  readonly definitions: readonly FunctionWithEnvironment[];
  readonly retryDelaysSeconds: readonly number[];
  readonly layout: DataLayout;
  readonly log: (line: string) => void;
}

export interface FunctionWithEnvironment {
  readonly definition: FunctionDefinition;
  readonly environment: Readonly<Record<string, string>>;
}

export function startFunctions({
  definitions,
  retryDelaysSeconds,
  layout,
  log,
}: FunctionsDependencies): Functions {
  const pools = new Map(
    definitions.map(({ definition, environment }) => [
      definition.name,
      createFunctionPool({
        definition,
        environment: { ...environment, ...runtimeEnvironment(definition) },
        logFile: functionLogFile(layout, definition.name),
      }),
    ]),
  );
  const invoke = async (functionName: string, payload: string, requestId?: string) => {
    const pool = pools.get(functionName);
    if (pool === undefined) throw unknownFunction(functionName);
    return await pool.invoke(payload, requestId);
  };
  const asyncInvocations = createAsyncInvocations({
    directory: layout.asyncInvocations,
    retryDelaysSeconds,
    invoke,
    log,
  });
  return {
    service: createLambdaService(pools, asyncInvocations),
    invoke,
    stop: async () => {
      asyncInvocations.stop();
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
function runtimeEnvironment(definition: FunctionDefinition): Record<string, string> {
  return {
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMiB),
  };
}

function unknownFunction(name: string): LocalError {
  return new LocalError({
    code: 'function-unknown',
    message: `There is no function ${name}.`,
    retryable: false,
  });
}
