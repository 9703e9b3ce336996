import type { FfmpegCommand } from '../command/ffmpeg-command.ts';

/** How a source is looked at. */
export interface ObservationTools {
  /** Runs ffprobe. @returns its standard output */
  probe(argv: string[]): Promise<string>;
  /** Runs ffmpeg, also where it fails. @returns its standard error */
  run(command: FfmpegCommand): Promise<string>;
  /** The source's own bytes, from the first to the last. */
  bytes(): AsyncIterable<Uint8Array>;
  /** Some of the source's own bytes; fewer where it ends before. */
  read(offset: number, lengthBytes: number): Promise<Uint8Array>;
}
