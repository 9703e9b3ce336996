/** One run of ffmpeg as data: what is read, how it is filtered, what is written. */
export interface FfmpegCommand {
  /** `warning` unless a reader needs what ffmpeg says at a higher level. */
  logLevel?: string;
  input: { path: string; options: string[] }[];
  /** One graph for all video, so that the source is decoded once. */
  filterGraph?: string;
  outputs: Output[];
  /** A stream of the first input that is read and thrown away. */
  alsoReadStreamIndex?: number;
}

interface Output {
  target: string;
  options: string[];
}

/** All that ffmpeg writes, what is thrown away among it. */
export function outputsOf({ outputs, alsoReadStreamIndex }: FfmpegCommand): Output[] {
  if (alsoReadStreamIndex === undefined) return outputs;
  const options = ['-map', `0:${alsoReadStreamIndex}`, '-c', 'copy', '-f', 'null'];
  return [...outputs, { target: '/dev/null', options }];
}

/** The argv, without the program's own name. */
export function toArguments(command: FfmpegCommand): string[] {
  const { logLevel = 'warning', input, filterGraph } = command;
  return [
    // Never waits for a keyboard, never asks before it overwrites, says only what matters.
    ...['-hide_banner', '-nostdin', '-y', '-nostats', '-v', logLevel],
    ...input.flatMap(({ path, options }) => [...options, '-i', path]),
    ...(filterGraph === undefined ? [] : ['-filter_complex', filterGraph]),
    ...outputsOf(command).flatMap(({ target, options }) => [...options, target]),
  ];
}
