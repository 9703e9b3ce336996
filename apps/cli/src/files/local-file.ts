/** A file to upload, checked before anything is sent. */
export interface LocalFile {
  /** As it was typed. */
  readonly typed: string;
  /** File name without folders. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Object key in the source bucket. */
  readonly key: string;
  readonly sizeBytes: number;
  /** Its captions and the file with its options, to be stored before it. */
  readonly sidecars?: readonly LocalFile[];
}
