/** The source that rows encode. */
export interface Material {
  readonly path: string;
  /** Where it comes from, in words. */
  readonly origin: string;
  readonly durationSeconds: number;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly videoCodec: string;
  /** Null if it has no audio. */
  readonly audioCodec: string | null;
  /** Of the whole file. */
  readonly bitrateBitsPerSecond: number;
}
