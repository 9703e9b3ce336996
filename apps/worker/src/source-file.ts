import { headUpload, type ObjectStore } from '@fyrestream/cloud';
import type { Upload } from '@fyrestream/events';
import type { PidMove } from '@fyrestream/media';
import type { Scratch } from './create-scratch.ts';
import { movePids } from './moved-streams.ts';

/** The source on the scratch disk: downloaded once, when a stage first needs it. */
export interface SourceFile {
  /**
   * @param pidMoves streams of a transport stream that are to be joined first
   * @throws FyrestreamError `object-missing` if the upload was deleted
   */
  fetch(signal: AbortSignal, pidMoves?: readonly PidMove[]): Promise<string>;
}

export function createSourceFile(store: ObjectStore, scratch: Scratch, upload: Upload): SourceFile {
  let path: string | null = null;
  let isMoved = false;
  let last: Promise<unknown> = Promise.resolve();

  async function fetch(signal: AbortSignal, pidMoves: readonly PidMove[]): Promise<string> {
    if (path === null) {
      // A fixed name: the name of the upload must not appear in a command line.
      const target = await scratch.path('source');
      // The upload may have been deleted while its job waited.
      await headUpload(store, upload);
      await store.download(upload, target, signal);
      path = target;
    }
    if (!isMoved && pidMoves.length > 0) {
      await movePids(path, pidMoves, signal);
      isMoved = true;
    }
    return path;
  }

  return {
    fetch(signal, pidMoves = []) {
      // One after the other: two units need the source at the same time.
      const fetched = last.then(() => fetch(signal, pidMoves));
      last = fetched.catch(() => {});
      return fetched;
    },
  };
}
