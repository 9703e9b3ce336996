import { av1Ladder, defaultLadderConfig, hevcLadder, type LadderConfig } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { planEncode } from '../plan/plan-encode.ts';
import { serializeFilterGraph } from './filter-graph.ts';
import { videoFilterGraph } from './video-filter-graph.ts';

const everyCodec: LadderConfig = {
  ...defaultLadderConfig,
  ladders: [...defaultLadderConfig.ladders, hevcLadder, av1Ladder],
};

/** The chains of a planned graph, with short names instead of the filters of the plan. */
function chainsOf(ladder: LadderConfig, stream = videoStream()): string[] {
  const { video } = planEncode(factsOf([stream]), {}, ladder);
  if (video === null) return [];
  const named = (filter: string) => [{ filter, why: '' }];
  const branches = video.branches.map((branch) => ({ ...branch, filters: named(branch.id) }));
  return serializeFilterGraph(videoFilterGraph({ ...video, filters: named('common'), branches })).split(';');
}

describe('the filter graph of a video', () => {
  it('scales each of five renditions from the next larger one', () => {
    expect(chainsOf(defaultLadderConfig)).toEqual([
      '[0:0]common,standard,split=2[out-h264-1080][smaller-standard-1]',
      '[smaller-standard-1]scale=1280:720:flags=bicubic,setsar=1,split=2[out-h264-720][smaller-standard-2]',
      '[smaller-standard-2]scale=854:480:flags=bicubic,setsar=1,split=2[out-h264-480][smaller-standard-3]',
      '[smaller-standard-3]scale=640:360:flags=bicubic,setsar=1,split=2[out-h264-360][smaller-standard-4]',
      '[smaller-standard-4]scale=426:240:flags=bicubic,setsar=1[out-h264-240]',
    ]);
  });

  it('scales once for renditions of three codecs with the same size', () => {
    const chains = chainsOf(everyCodec, videoStream({ width: 640, height: 360, bit_rate: undefined }));
    expect(chains).toEqual([
      '[0:0]common,standard,split=4[out-h264-360][out-hevc-360][out-av1-360][smaller-standard-1]',
      '[smaller-standard-1]scale=426:240:flags=bicubic,setsar=1,split=3[out-h264-240][out-hevc-240][out-av1-240]',
    ]);
  });

  it('scales HDR renditions from HDR ones only', () => {
    const hdr = videoStream({
      ...{ width: 640, height: 360, bit_rate: undefined, pix_fmt: 'yuv420p10le' },
      ...{ color_transfer: 'smpte2084', color_primaries: 'bt2020', color_space: 'bt2020nc' },
    });
    expect(chainsOf({ ...everyCodec, hdr: 'keep' }, hdr)).toEqual([
      '[0:0]common,split=2[in-standard][in-high-dynamic-range]',
      '[in-standard]standard,split=2[out-h264-360][smaller-standard-1]',
      '[smaller-standard-1]scale=426:240:flags=bicubic,setsar=1[out-h264-240]',
      '[in-high-dynamic-range]high-dynamic-range,split=3[out-hevc-360][out-av1-360][smaller-high-dynamic-range-1]',
      '[smaller-high-dynamic-range-1]scale=426:240:flags=bicubic,setsar=1,split=2[out-hevc-240][out-av1-240]',
    ]);
  });

  it('scales nothing for a single rendition', () => {
    const chains = chainsOf(defaultLadderConfig, videoStream({ width: 320, height: 180 }));
    expect(chains).toEqual(['[0:0]common,standard[out-h264-180]']);
  });
});
