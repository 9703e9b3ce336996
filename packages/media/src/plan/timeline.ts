import { z } from 'zod';

/** When the first frame of a stream is due, on the source's own clock. */
const streamStartSchema = z.strictObject({ streamIndex: z.int().nonnegative(), seconds: z.number() });
export type StreamStart = z.infer<typeof streamStartSchema>;

/** How the clock of a source becomes that of every output. */
export const timelineSchema = z.strictObject({
  /** By the packets of the source; verification compares the published offsets with it. */
  streamStarts: z.array(streamStartSchema).default([]),
  /** The time of the source, on its own clock, that becomes 0 in every output. */
  zeroSeconds: z.number(),
  /** Seconds for ffmpeg's `-itsoffset`, in addition to its own shift of the earliest stream to 0. */
  inputOffsetSeconds: z.number(),
  /**
   * The earliest stream of a container whose clock may jump. For these, ffmpeg shifts the earliest stream that a
   * command reads to 0, not the earliest of the file, so every command must read this stream. Null for all others.
   */
  anchorStreamIndex: z.int().nonnegative().nullable(),
  why: z.string(),
});
