import { inputOptions } from '../facts/input-options.ts';
import type { EncodePlan, FrameRange } from '../plan/encode-plan.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';

/**
 * The input options of the source for every encode: local files only, the demuxer forced, times moved as the plan says.
 * @param streamIndexes the streams that the command reads
 */
export function sourceInput(
  plan: EncodePlan,
  sourcePath: string,
  streamIndexes: readonly number[],
): Pick<FfmpegCommand, 'input' | 'alsoReadStreamIndex'> {
  const { anchorStreamIndex } = plan.timeline;
  const input = [inputOf(plan, sourcePath)];
  return anchorStreamIndex === null || streamIndexes.includes(anchorStreamIndex)
    ? { input }
    : { input, alsoReadStreamIndex: anchorStreamIndex };
}

function inputOf(plan: EncodePlan, sourcePath: string): FfmpegCommand['input'][number] {
  const { inputOffsetSeconds } = plan.timeline;
  const offset = inputOffsetSeconds === 0 ? [] : ['-itsoffset', `${inputOffsetSeconds}`];
  return { path: sourcePath, options: [...inputOptions(plan.demuxer, plan.leadingBytes), ...offset] };
}

/**
 * The input options of the source for a unit of video, which is decoded from a key frame on. Times are those of the source's own
 * clock (`-copyts`), so they do not depend on where reading begins. Not with `-itsoffset`: ffmpeg 5.1 then also moves streams of
 * containers whose clock may jump. Source: https://ffmpeg.org/ffmpeg.html#Main-options
 */
export function partOfSource(
  { demuxer, leadingBytes }: EncodePlan,
  sourcePath: string,
  { decodeFromSeconds }: FrameRange,
): Pick<FfmpegCommand, 'input'> {
  const seek =
    decodeFromSeconds === null
      ? []
      : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', decodeFromSeconds.toFixed(6)];
  return {
    input: [{ path: sourcePath, options: [...inputOptions(demuxer, leadingBytes), '-copyts', ...seek] }],
  };
}
