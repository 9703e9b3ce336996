/** What has to be undone at the end, in the opposite order of its beginning. */
export interface Shutdown {
  readonly add: (undo: () => Promise<void> | void) => void;
  /** Undoes everything once, also where one of the steps fails; rejects with the first failure. */
  readonly run: () => Promise<void>;
}

export function createShutdown(): Shutdown {
  const steps: (() => Promise<void> | void)[] = [];
  return {
    add: (undo) => {
      steps.push(undo);
    },
    run: async () => {
      const failures: unknown[] = [];
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        try {
          await step();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
