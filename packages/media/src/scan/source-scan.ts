/** What the bytes of a container show that its demuxer does not report. */
export interface SourceScan {
  /** Where a second file begins; null where there is none. */
  readonly appendedAtBytes: number | null;
  /** Numbers that are missing among the fragments of an MP4. */
  readonly missingFragments: number;
  readonly fragments: number;
  /** Packets of a transport stream that carry video, audio or text. */
  readonly packets: number;
  /** Of these, packets that need a key. */
  readonly scrambledPackets: number;
}

/** Takes a file from its first byte on, in chunks of any size. */
export interface SourceScanner {
  /** @returns how many bytes behind the chunk are not needed: the next chunk begins behind them */
  push(chunk: Uint8Array): number;
  end(): Partial<SourceScan>;
}
