/** Runs tasks with the same name in sequence, and others in parallel. */
export interface KeyedLock {
  readonly run: <Result>(name: string, task: () => Promise<Result>) => Promise<Result>;
}

export function createKeyedLock(): KeyedLock {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(name, task) {
      const before = tails.get(name) ?? Promise.resolve();
      const result = before.then(task);
      // The next task waits until this one succeeds or fails.
      const tail = result.then(ignore, ignore).then(() => {
        if (tails.get(name) === tail) tails.delete(name);
      });
      tails.set(name, tail);
      return result;
    },
  };
}

function ignore() {}
