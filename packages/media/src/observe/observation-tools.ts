import type { FfmpegCommand } from '../command/ffmpeg-command.ts';

/** The programs that inspect a source. */
export interface ObservationTools {
  /** Runs ffprobe. @returns its standard output */
  probe(argv: string[]): Promise<string>;
  /** Runs ffmpeg; a failure is no error. @returns its standard error */
  run(command: FfmpegCommand): Promise<string>;
  /** The bytes of the source, in order. */
  bytes(): AsyncIterable<Uint8Array>;
  /** Some of the source's own bytes; fewer where it ends before. */
  read(offset: number, lengthBytes: number): Promise<Uint8Array>;
}
