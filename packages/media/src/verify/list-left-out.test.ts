import { defaultLadderConfig } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { audioStream, factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { planEncode } from '../plan/plan-encode.ts';
import type { SourceAssessment } from './assess-source.ts';
import { listLeftOut, shortenLeftOut } from './list-left-out.ts';

const plan = planEncode(
  factsOf([videoStream(), audioStream(), audioStream({ index: 2, codec_name: undefined })]),
  {},
  defaultLadderConfig,
);

function contentOf(...ends: (number | null)[]): SourceAssessment {
  return {
    streams: ends.map((decodedEndSeconds, streamIndex) => ({
      streamIndex,
      kind: streamIndex === 0 ? 'video' : 'audio',
      decodedFrames: 100,
      claimedEndSeconds: null,
      decodedEndSeconds,
      lastFrameSeconds: 0.04,
      missingSeconds: 0,
      gaps: [],
      decodableShare: 1,
    })),
    warnings: { errors: 0, corrupt: 0, examples: [] },
    decodableShare: 1,
    isDamaged: false,
  };
}

describe('listLeftOut', () => {
  const planned = { streamIndex: 2, kind: 'audio', why: 'its codec is unknown to ffmpeg' };

  it('keeps the entries of the plan and adds those of the encode', () => {
    const found = { streamIndex: null, kind: 'time', why: 'a gap' };
    expect(listLeftOut(plan, contentOf(10, 10), [found])).toEqual([planned, found]);
  });

  it('lists any track that ends early', () => {
    expect(listLeftOut(plan, contentOf(6, 3))).toEqual([
      planned,
      { streamIndex: 1, kind: 'audio', why: 'it ends at 3.0 s, the others at 6.0 s' },
    ]);
    expect(listLeftOut(plan, contentOf(3, 6))[1]).toMatchObject({ streamIndex: 0, kind: 'video' });
  });

  it('ignores the padding of encoders', () => {
    expect(listLeftOut(plan, contentOf(10, 9.1))).toEqual([planned]);
  });
});

describe('a gap', () => {
  const withGaps = (...gaps: [number, number][][]) => {
    const content = contentOf(...gaps.map(() => 10));
    return {
      ...content,
      streams: content.streams.map((stream, index) => ({
        ...stream,
        gaps: (gaps[index] ?? []).map(([fromSeconds, toSeconds]) => ({ fromSeconds, toSeconds })),
      })),
    };
  };
  const gapsOf = (content: SourceAssessment, demuxer = 'mov') =>
    listLeftOut({ ...plan, demuxer }, content).filter(({ kind }) => kind === 'time');

  it('of video and audio at once is named', () => {
    expect(gapsOf(withGaps([[4, 6.04]], [[4.02, 6]]))).toEqual([
      { streamIndex: null, kind: 'time', why: 'the source has nothing between 4.0 s and 6.0 s' },
    ]);
  });

  it('of one stream alone is an idle screen, or silence', () => {
    expect(gapsOf(withGaps([[4, 6]], []))).toEqual([]);
    expect(gapsOf(withGaps([[4, 6]], [[5.9, 8]]))).toEqual([]);
    expect(gapsOf(withGaps([[4, 6]]))).toEqual([]);
  });

  it('of a transport stream is named where there is nothing but video', () => {
    expect(gapsOf(withGaps([[4, 6]]), 'mpegts')).toHaveLength(1);
  });
});

describe('shortenLeftOut', () => {
  it('limits the list in a record and adds the number of other entries', () => {
    const list = Array.from({ length: 100 }, (_, streamIndex) => ({
      streamIndex,
      kind: 'audio',
      why: 'x'.repeat(1_000),
    }));
    const short = shortenLeftOut(list);
    expect(short).toHaveLength(40);
    expect(short.at(-1)).toEqual({
      streamIndex: null,
      kind: 'more',
      why: '61 more: the certificate lists them',
    });
    expect(JSON.stringify(short).length).toBeLessThan(16_000);
    expect(shortenLeftOut(list.slice(0, 40))).toHaveLength(40);
  });
});
