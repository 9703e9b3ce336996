import type { ReferenceCapture } from '@fyrestream/media';

/** What stands beside one run of ffmpeg, listening. */
export interface EncodeCapture {
  /** Nothing more will come: ffmpeg is gone. */
  close(): void;
  /** To be asked after `close`. @returns the evidence, with the bytes of each reference by its name */
  gather(): Promise<CapturedEncode>;
}

export interface CapturedEncode {
  readonly capture: Omit<ReferenceCapture, 'warnings'>;
  readonly references: ReadonlyMap<string, Uint8Array>;
}
