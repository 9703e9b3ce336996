import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { arn } from '../arn.ts';
import type { FunctionDefinition } from '../topology.ts';
import { functionLogGroup } from './function-log.ts';
import type { FunctionError, InvocationOutcome, InvocationRequest, RuntimeMessage } from './invocation.ts';

/** One process that runs one function, one event at a time. */
export interface ExecutionEnvironment {
  /**
   * Runs the function; the start of the process counts against its time. Never rejects: whatever happens to the process
   * is an outcome.
   */
  readonly invoke: (requestId: string, payload: string) => Promise<InvocationOutcome>;
  /** False once the process ended or has to be given up. */
  readonly isUsable: () => boolean;
  /** Ends the process now; answers when it is gone. */
  readonly stop: () => Promise<void>;
}

export interface ExecutionEnvironmentOptions {
  readonly definition: FunctionDefinition;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

const runtimePath = fileURLToPath(new URL('./runtime-process.ts', import.meta.url));

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
    const answered = nextMessage(
      child,
      (message) => message.kind === 'done' && message.requestId === request.requestId,
    );
    child.send(request, () => {});
    const answer = await answered;
    if (answer.kind === 'exited') return failed(exitError(request.requestId, answer));
    return answer.kind === 'done'
      ? answer.result
      : failed(exitError(request.requestId, { kind: 'exited', how: '' }));
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
      // The function's own files are where it starts, as in /var/task.
      cwd: dirname(definition.bundlePath),
      env: { ...environment },
      execArgv: [`--max-old-space-size=${definition.memoryMiB}`],
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
}

type Exit = { readonly kind: 'exited'; readonly how: string };

/** The next message of a kind, or how the process ended before. */
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
      settle({ kind: 'exited', how: signal === null ? `exit status ${code}` : `signal: ${signal}` });
    const onError = (error: Error) => settle({ kind: 'exited', how: error.message });
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.on('error', onError);
    if (child.exitCode !== null || child.signalCode !== null) onExit(child.exitCode, child.signalCode);
  });
}

function failed(error: FunctionError): InvocationOutcome {
  return { outcome: 'failed', error };
}

function exitError(requestId: string, { how }: Exit): FunctionError {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: ${how}`,
  };
}

function timeoutError(requestId: string, timeoutSeconds: number): FunctionError {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  };
}
