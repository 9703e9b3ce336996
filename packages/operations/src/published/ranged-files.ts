import type { PublishedFiles } from '@fyrestream/media';

/** A published version whose files can also be read in part. */
export interface RangedFiles extends PublishedFiles {
  /** @param range positions of the first and last byte; the whole file without it */
  stream(path: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array>;
  key(): Promise<Uint8Array | null>;
}
