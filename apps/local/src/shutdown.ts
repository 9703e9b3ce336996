type Undo = () => Promise<void> | void;

/** What has to be undone at the end, in the opposite order of its beginning. */
export interface Shutdown {
  readonly add: (undo: Undo) => void;
  /** Undoes everything, also where a step fails, and rejects with the first failure. Called again it is the same run. */
  readonly run: () => Promise<void>;
}

export function createShutdown(): Shutdown {
  const steps: Undo[] = [];
  let running: Promise<void> | undefined;
  return {
    add: (undo) => {
      steps.push(undo);
    },
    run: () => {
      running ??= undoAll(steps);
      return running;
    },
  };
}

async function undoAll(steps: readonly Undo[]): Promise<void> {
  const failures: unknown[] = [];
  for (const undo of steps.toReversed()) {
    try {
      await undo();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
