import type { EncodeEvidence } from '@fyrestream/media';

/** What stands beside one run of ffmpeg, listening. */
export interface EncodeWatch {
  /** Nothing more will come: ffmpeg is gone. */
  close(): void;
  /** To be asked after `close`. @returns the evidence, with the bytes of each reference by its name */
  gather(): Promise<WatchedEncode>;
}

export interface WatchedEncode {
  readonly evidence: Omit<EncodeEvidence, 'complaints'>;
  readonly references: ReadonlyMap<string, Uint8Array>;
}
