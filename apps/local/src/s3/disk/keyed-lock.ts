/** Runs tasks with the same name one after the other, others at the same time. */
export interface KeyedLock {
  readonly run: <Result>(name: string, task: () => Promise<Result>) => Promise<Result>;
}

export function createKeyedLock(): KeyedLock {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(name, task) {
      const before = tails.get(name) ?? Promise.resolve();
      const result = before.then(task);
      // The next in line waits for the end of this task, however it ends.
      const tail = result.then(ignore, ignore).then(() => {
        if (tails.get(name) === tail) tails.delete(name);
      });
      tails.set(name, tail);
      return result;
    },
  };
}

function ignore() {}
