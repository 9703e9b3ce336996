import { defaultLadderConfig } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { audioStream, probeOf, subtitleStream, videoStream } from '../../test/ffprobe-fixtures.ts';
import { readSourceFacts } from '../facts/read-source-facts.ts';
import { planEncode } from './plan-encode.ts';

const plain = { disposition: {} };
const radio = [
  videoStream({ index: 0, width: 96, height: 80, ...plain }),
  audioStream({ index: 1, ...plain }),
];
const film = [
  videoStream({ index: 2, ...plain }),
  audioStream({ index: 3, ...plain }),
  subtitleStream({ index: 4 }),
];
const program = (id: number, name: string, indexes: number[]) => ({
  program_id: id,
  tags: { service_name: name },
  streams: indexes.map((index) => ({ index })),
});
const planOf = (streams: Record<string, unknown>[], programs: unknown[]) => {
  const facts = readSourceFacts({ ...(probeOf(streams) as object), programs }, 'mpegts');
  return planEncode(facts, {}, defaultLadderConfig);
};

describe('a transport stream of several programs', () => {
  it('uses video and audio of one program', () => {
    const made = planOf([...radio, ...film], [program(1, 'Radio', [0, 1]), program(2, 'Film', [2, 3, 4])]);
    expect(made.video?.streamIndex).toBe(2);
    expect(made.audio.map(({ streamIndex }) => streamIndex)).toEqual([3]);
    expect(made.subtitles.map(({ streamIndex }) => streamIndex)).toEqual([4]);
    expect(made.leftOut).toEqual([
      { streamIndex: 0, kind: 'video', why: 'of program 1 (Radio); the film is program 2 (Film)' },
      { streamIndex: 1, kind: 'audio', why: 'of program 1 (Radio); the film is program 2 (Film)' },
    ]);
  });

  it('uses one program if all are radio', () => {
    const other = audioStream({ index: 3, ...plain });
    const made = planOf([audioStream(), other], [program(1, 'One', [1]), program(2, 'Two', [3])]);
    expect(made.audio.map(({ streamIndex }) => streamIndex)).toEqual([1]);
  });

  it('keeps streams that are in no program, and streams of a program with all streams', () => {
    const made = planOf([...radio, ...film], [program(2, 'Film', [2])]);
    expect(made.audio.map(({ streamIndex }) => streamIndex)).toEqual([1, 3]);
  });
});
