import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import { inputOptions } from '../facts/input-options.ts';
import type { SourceFacts, VideoStream } from '../facts/source-facts.ts';

/** NAL units of video, sequence and picture parameter sets. */
const parameterSetTypes: Partial<Record<string, string>> = { h264: '7-8', hevc: '32-34' };

const keyFramesOnly = 'noise=amount=0:drop=not(key)';

/**
 * Counts the key frames that have parameter sets of their own, and all key frames; decodes nothing. Null for codecs without
 * parameter sets. Source: https://ffmpeg.org/ffmpeg-bitstream-filters.html
 */
export function parameterSetsCommand(
  sourcePath: string,
  { demuxer, leadingBytes }: Pick<SourceFacts, 'demuxer' | 'leadingBytes'>,
  { index, codec }: Pick<VideoStream, 'index' | 'codec'>,
): FfmpegCommand | null {
  const types = parameterSetTypes[codec ?? ''];
  if (types === undefined) return null;
  const output = (filters: string) => ({
    target: '-',
    options: ['-map', `0:${index}`, '-c', 'copy', '-bsf:v', filters, '-f', 'null'],
  });
  return {
    // The counts are printed at this level.
    logLevel: 'level+verbose',
    input: [{ path: sourcePath, options: inputOptions(demuxer, leadingBytes) }],
    outputs: [output(`${keyFramesOnly},filter_units=pass_types=${types}`), output(keyFramesOnly)],
  };
}

/**
 * Whether decoding may begin at any key frame with the parameter sets that it finds there: parts that were joined without
 * encoding may have others, and only at their beginning. Then a decoder that begins later shows wrong colours, without an error.
 * @param stderr of `parameterSetsCommand`
 */
export function hasParameterSetsAtKeyFrames(stderr: string, demuxer: string): boolean {
  const counts = [...stderr.matchAll(/Output stream #(\d+):0 \(video\): (\d+) packets muxed/g)];
  const countOf = (output: string) => Number(counts.find(([, index]) => index === output)?.[2] ?? Number.NaN);
  const [withSets, keyFrames] = [countOf('0'), countOf('1')];
  // A transport stream has no others than those within the stream.
  const commonSets = demuxer === 'mpegts' ? 1 : 0;
  return withSets === keyFrames || withSets <= commonSets;
}
