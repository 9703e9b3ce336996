import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { arn } from '../arn.ts';
import type { FunctionDefinition } from '../topology.ts';
import { functionLogGroup } from './function-log.ts';
import type { FunctionError, InvocationOutcome, InvocationRequest, RuntimeMessage } from './invocation.ts';

/** One process that runs one function, with one event at a time. */
export interface ExecutionEnvironment {
  /**
   * Runs the function. Its timeout includes the start of the process. Never rejects: a crash of the process is an outcome
   * too.
   */
  readonly invoke: (requestId: string, payload: string) => Promise<InvocationOutcome>;
  /** False after the process ended or timed out. */
  readonly isUsable: () => boolean;
  /** Kills the process. Resolves when it has ended. */
  readonly stop: () => Promise<void>;
}

export interface ExecutionEnvironmentOptions {
  readonly definition: FunctionDefinition;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

const runtimePath = fileURLToPath(new URL('./lambda-runtime.ts', import.meta.url));

export function startExecutionEnvironment(options: ExecutionEnvironmentOptions): ExecutionEnvironment {
  const { definition } = options;
  const child = startProcess(options);
  const started = nextMessage(child, (message) => message.kind !== 'done');
  let usable = true;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      usable = false;
      resolve();
    });
    child.once('error', () => {
      usable = false;
      resolve();
    });
  });
  const stop = async () => {
    usable = false;
    child.kill('SIGKILL');
    await ended;
  };

  const run = async (request: InvocationRequest): Promise<InvocationOutcome> => {
    const start = await started;
    if (start.kind === 'exited') return failed(exitError(request.requestId, start));
    if (start.kind === 'not-started') {
      usable = false;
      child.kill('SIGKILL');
      return failed(start.error);
    }
    const response = nextMessage(
      child,
      (message) => message.kind === 'done' && message.requestId === request.requestId,
    );
    child.send(request, () => {});
    const message = await response;
    if (message.kind === 'exited') return failed(exitError(request.requestId, message));
    return message.kind === 'done'
      ? message.result
      : failed(exitError(request.requestId, { kind: 'exited', cause: '' }));
  };

  return {
    invoke: async (requestId, payload) => {
      const timeoutMilliseconds = definition.timeoutSeconds * 1000;
      let timer: NodeJS.Timeout | undefined;
      const timedOut = new Promise<InvocationOutcome>((resolve) => {
        timer = setTimeout(() => {
          usable = false;
          child.kill('SIGKILL');
          resolve(failed(timeoutError(requestId, definition.timeoutSeconds)));
        }, timeoutMilliseconds);
      });
      const request = { requestId, payload, deadlineMilliseconds: Date.now() + timeoutMilliseconds };
      try {
        return await Promise.race([run(request), timedOut]);
      } finally {
        clearTimeout(timer);
      }
    },
    isUsable: () => usable,
    stop,
  };
}

function startProcess({ definition, environment, logFile }: ExecutionEnvironmentOptions): ChildProcess {
  const log = openSync(logFile, 'a');
  try {
    const facts = [
      arn.function(definition.name),
      definition.name,
      String(definition.memoryMiB),
      functionLogGroup(definition.name),
    ];
    return fork(runtimePath, [definition.bundlePath, ...facts], {
      // The working directory contains the files of the function, like /var/task.
      cwd: dirname(definition.bundlePath),
      env: { ...environment },
      execArgv: [`--max-old-space-size=${definition.memoryMiB}`],
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
}

type Exit = { readonly kind: 'exited'; readonly cause: string };

/** The next matching message, or the exit of the process where it ends before. */
function nextMessage(
  child: ChildProcess,
  isAwaited: (message: RuntimeMessage) => boolean,
): Promise<RuntimeMessage | Exit> {
  return new Promise((resolve) => {
    const settle = (value: RuntimeMessage | Exit) => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      child.off('error', onError);
      resolve(value);
    };
    const onMessage = (message: RuntimeMessage) => {
      if (isAwaited(message)) settle(message);
    };
    const onExit = (code: number | null, signal: NodeJS.Signals | null) =>
      settle({ kind: 'exited', cause: signal === null ? `exit status ${code}` : `signal: ${signal}` });
    const onError = (error: Error) => settle({ kind: 'exited', cause: error.message });
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.on('error', onError);
    if (child.exitCode !== null || child.signalCode !== null) onExit(child.exitCode, child.signalCode);
  });
}

function failed(error: FunctionError): InvocationOutcome {
  return { outcome: 'failed', error };
}

function exitError(requestId: string, { cause }: Exit): FunctionError {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: ${cause}`,
  };
}

function timeoutError(requestId: string, timeoutSeconds: number): FunctionError {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  };
}
