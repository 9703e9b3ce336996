import { inputOptions } from '../facts/input-options.ts';
import type { EncodePlan } from '../plan/encode-plan.ts';
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
