import { describe, expect, it } from 'vitest';
import { toArguments } from '../command/ffmpeg-command.ts';
import { hasParameterSetsAtKeyFrames, parameterSetsCommand } from './parameter-sets.ts';

const counted = (
  withSets: number,
  keyFrames: number,
) => `[verbose]   Input stream #0:0 (video): 300 packets read;
[verbose]   Output stream #0:0 (video): ${withSets} packets muxed (78 bytes);
[verbose]   Output stream #1:0 (video): ${keyFrames} packets muxed (66213 bytes);
`;

describe('hasParameterSetsAtKeyFrames', () => {
  it.each([
    ['none within the stream', 'mov', 0, 10, true],
    ['at each key frame', 'matroska', 10, 10, true],
    ['only at the beginning of each joined part', 'matroska', 2, 10, false],
    ['only at the beginning of a part that was appended', 'mov', 1, 10, false],
    ['once in a transport stream', 'mpegts', 1, 10, true],
    ['sometimes in a transport stream', 'mpegts', 2, 10, false],
  ])('%s (%s)', (_, demuxer, withSets, keyFrames, isProven) => {
    expect(hasParameterSetsAtKeyFrames(counted(withSets, keyFrames), demuxer)).toBe(isProven);
  });

  it('is not proved if ffmpeg failed', () => {
    expect(hasParameterSetsAtKeyFrames('[error] Invalid data found when processing input', 'mov')).toBe(
      false,
    );
  });
});

it('parameterSetsCommand copies the parameter sets of H.264 and HEVC, and knows none of others', () => {
  const argumentsFor = (codec: string) => {
    const command = parameterSetsCommand('/source', { demuxer: 'mov', leadingBytes: 0 }, { index: 2, codec });
    return command && toArguments(command).join(' ');
  };
  expect(argumentsFor('h264')).toContain(
    '-map 0:2 -c copy -bsf:v noise=amount=0:drop=not(key),filter_units=pass_types=7-8 -f null -',
  );
  expect(argumentsFor('hevc')).toContain('pass_types=32-34');
  expect(argumentsFor('vp9')).toBeNull();
});
