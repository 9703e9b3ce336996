/** Facts in the bytes of a container that its demuxer does not report. */
export interface SourceScan {
  /** The offset of a second file; null if there is none. */
  readonly appendedAtBytes: number | null;
  /** Count of missing fragment numbers in an MP4. */
  readonly missingFragments: number;
  readonly fragments: number;
  /** Packets of a transport stream with video, audio or text. */
  readonly packets: number;
  /** Of these, the scrambled packets. */
  readonly scrambledPackets: number;
}

/** Takes a file from its first byte on, in chunks of any size. */
export interface SourceScanner {
  /** @returns how many bytes after the chunk are not needed: the next chunk may start after them */
  push(chunk: Uint8Array): number;
  end(): Partial<SourceScan>;
}
