import { rm } from 'node:fs/promises';

/** Keeps content that is being read until its last reader is done, though its object is gone. */
export interface ContentPins {
  readonly pin: (paths: readonly string[]) => () => void;
  readonly remove: (paths: readonly string[]) => Promise<void>;
}

/** Files whose readers outlive the process are swept at the next start: nothing refers to them. */
export function createContentPins(): ContentPins {
  const readers = new Map<string, number>();
  const doomed = new Set<string>();
  return {
    pin(paths) {
      for (const path of paths) readers.set(path, (readers.get(path) ?? 0) + 1);
      let released = false;
      return () => {
        if (released) return;
        released = true;
        for (const path of paths) unpin(path);
      };
    },
    async remove(paths) {
      for (const path of paths) {
        if (readers.has(path)) doomed.add(path);
        else await rm(path, { force: true });
      }
    },
  };

  function unpin(path: string) {
    const remaining = (readers.get(path) ?? 1) - 1;
    if (remaining > 0) {
      readers.set(path, remaining);
      return;
    }
    readers.delete(path);
    if (doomed.delete(path)) void rm(path, { force: true });
  }
}
