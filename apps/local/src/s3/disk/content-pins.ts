import { rm } from 'node:fs/promises';

/** Counts the readers of content files, and keeps files of deleted objects until the last reader ends. */
export interface ContentPins {
  readonly pin: (paths: readonly string[]) => () => void;
  readonly remove: (paths: readonly string[]) => Promise<void>;
}

/** Files that still had readers when the process ended are removed at the next start, because no record names them. */
export function createContentPins(): ContentPins {
  const readers = new Map<string, number>();
  const removeAfterReading = new Set<string>();
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
        if (readers.has(path)) removeAfterReading.add(path);
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
    if (removeAfterReading.delete(path)) void rm(path, { force: true });
  }
}
