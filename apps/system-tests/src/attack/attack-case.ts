import type { MediaMaker } from './build/make-media.ts';

/**
 * How an attack may end: `published`, `held` (above the cost limit), `no-job` (the object is no upload), or the code of the
 * final refusal.
 */
export type AttackOutcome = string;

/** A hostile upload. */
export interface AttackCase {
  /** What it attempts; unique. */
  readonly name: string;
  /** The path below `videos/`, if the name is the attack; otherwise it is chosen for each case. */
  readonly path?: string;
  /** The extension of the upload, with a dot. */
  readonly extension?: string;
  readonly make: (makeMedia: MediaMaker) => Uint8Array | Promise<Uint8Array>;
  /** More than one where versions of ffmpeg differ. */
  readonly outcomes: readonly AttackOutcome[];
}
