import type { FrameRange, ReferenceCapture } from '@fyrestream/media';

/** Receives reference data from one run of ffmpeg. */
export interface CaptureSession {
  /** To be called when ffmpeg has ended. */
  close(): void;
  /** To be called after `close`. */
  result(): Promise<CapturedReferences>;
}

export interface CapturedReferences {
  readonly capture: Omit<ReferenceCapture, 'warnings'>;
  /** Of a part of the video, the frames of the source that were decoded. */
  readonly sourceFrames?: FrameRange['sourceFrames'];
  /** The bytes of each reference, by branch or track. */
  readonly references: ReadonlyMap<string, Uint8Array>;
}
