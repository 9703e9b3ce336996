import type { ObjectStore } from '@fyrestream/cloud';
import type { Upload } from '@fyrestream/events';
import type { Scratch } from './create-scratch.ts';

/** The source on the scratch disk: downloaded once, when a stage first needs it. */
export interface SourceFile {
  fetch(signal: AbortSignal): Promise<string>;
}

export function createSourceFile(store: ObjectStore, scratch: Scratch, upload: Upload): SourceFile {
  let path: string | null = null;
  return {
    async fetch(signal) {
      if (path !== null) return path;
      // A fixed name: the name of the upload must not appear in a command line.
      const target = await scratch.path('source');
      await store.download(upload, target, signal);
      path = target;
      return target;
    },
  };
}
