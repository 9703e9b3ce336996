/** A file to upload, checked before anything is sent. */
export interface LocalFile {
  /** As it was typed. */
  readonly typed: string;
  /** Its own name. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Where it goes in the source bucket. */
  readonly key: string;
  readonly sizeBytes: number;
}
