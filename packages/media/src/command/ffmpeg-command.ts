import { type FilterGraph, serializeFilterGraph } from './filter-graph.ts';

/** One run of ffmpeg as data: what is read, how it is filtered, what is written. */
export interface FfmpegCommand {
  /** `warning` unless a reader needs the messages of another level. */
  logLevel?: string;
  input: { path: string; options: string[] }[];
  /** One graph for all video, so that the source is decoded once. */
  filterGraph?: FilterGraph;
  outputs: Output[];
  /** A stream of the first input that is read and discarded. */
  alsoReadStreamIndex?: number;
}

export interface Output {
  target: string;
  options: string[];
}

/** The argv, without the program's own name: what the worker runs and the tests assert. */
export function toArguments(command: FfmpegCommand): string[] {
  const { logLevel = 'warning', input, filterGraph } = command;
  return [
    // Never reads the keyboard, overwrites files without a question, prints neither a banner nor progress.
    ...['-hide_banner', '-nostdin', '-y', '-nostats', '-v', logLevel],
    // Otherwise ffmpeg fails (69) where two thirds of the frames are damaged; what is missing is measured afterwards.
    ...['-max_error_rate', '1'],
    ...input.flatMap(({ path, options }) => [...options, '-i', path]),
    ...(filterGraph === undefined ? [] : ['-filter_complex', serializeFilterGraph(filterGraph)]),
    ...outputsOf(command).flatMap(({ target, options }) => [...options, target]),
  ];
}

/** All outputs, with the one that discards a stream. */
function outputsOf({ outputs, alsoReadStreamIndex }: FfmpegCommand): Output[] {
  if (alsoReadStreamIndex === undefined) return outputs;
  const options = ['-map', `0:${alsoReadStreamIndex}`, '-c', 'copy', '-f', 'null'];
  return [...outputs, { target: '/dev/null', options }];
}
