import type { ObjectStore } from '@fyrestream/cloud';
import type { Upload } from '@fyrestream/events';
import type { Scratch } from './create-scratch.ts';

/** The source on the scratch disk, fetched once, when a stage first asks for it. */
export interface SourceFile {
  fetch(signal: AbortSignal): Promise<string>;
}

export function createSourceFile(store: ObjectStore, scratch: Scratch, upload: Upload): SourceFile {
  let path: string | null = null;
  return {
    async fetch(signal) {
      if (path !== null) return path;
      // Named by us: what a stranger called it never reaches a command line.
      const target = await scratch.path('source');
      await store.download(upload, target, signal);
      path = target;
      return target;
    },
  };
}
