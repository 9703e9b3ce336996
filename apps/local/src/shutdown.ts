type Cleanup = () => Promise<void> | void;

/** The cleanup steps of a local cloud. They run in reverse order. */
export interface Shutdown {
  readonly add: (cleanup: Cleanup) => void;
  /** Runs all steps, also after one fails, and rejects with the first failure. A second call returns the same run. */
  readonly run: () => Promise<void>;
}

export function createShutdown(): Shutdown {
  const steps: Cleanup[] = [];
  let running: Promise<void> | undefined;
  return {
    add: (cleanup) => {
      steps.push(cleanup);
    },
    run: () => {
      running ??= runAll(steps);
      return running;
    },
  };
}

async function runAll(steps: readonly Cleanup[]): Promise<void> {
  const failures: unknown[] = [];
  for (const cleanup of steps.toReversed()) {
    try {
      await cleanup();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
