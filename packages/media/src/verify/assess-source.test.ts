import { defaultLadderConfig } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import {
  audioStream,
  type factsOf,
  probeOf,
  subtitleStream,
  videoStream,
} from '../../test/ffprobe-fixtures.ts';
import { readSourceFacts } from '../facts/read-source-facts.ts';
import { type FrameRange, plannedRenditions } from '../plan/encode-plan.ts';
import { planEncode } from '../plan/plan-encode.ts';
import { keepTracks } from '../remake/keep-tracks.ts';
import { planToEncode } from '../remake/plan-to-encode.ts';
import { assessSource, describeDamage, joinAssessments, requireDecodable } from './assess-source.ts';
import { type DecoderWarnings, readDecoderWarnings } from './decoder-warnings.ts';
import { createFrameTimesReader } from './frame-times.ts';
import { warningsOfUnit } from './warnings-of-unit.ts';

const none: DecoderWarnings = { errors: 0, corrupt: 0, examples: [] };
const some: DecoderWarnings = { errors: 3, corrupt: 1, examples: ['[error] partial file'] };

/** One frame range for each unit of two seconds, of a source that ffmpeg opens with so many errors. */
const rangeOf = (unit: number, openingWarnings: number): FrameRange => ({
  ...{ zeroSeconds: 0, firstSegmentNumber: unit + 1, firstFrame: unit * 60, endFrame: (unit + 1) * 60 },
  ...{ decodeFromSeconds: unit === 0 ? null : unit * 2, decodeUntilSeconds: null },
  ...{ ownFromSeconds: null, ownUntilSeconds: null, fileParts: null, openingWarnings },
  sourceFrames: { count: 60, firstSeconds: 0, lastSeconds: 2, meanSeconds: 1 },
});

function assess(
  streams: Parameters<typeof factsOf>[0],
  format: Parameters<typeof factsOf>[1],
  { decodedSeconds, warnings = none }: { decodedSeconds: number; warnings?: DecoderWarnings },
) {
  const demuxer = format?.format_name?.toString().replace(/,.*/, '') ?? 'mov';
  const facts = readSourceFacts(probeOf(streams, format), demuxer);
  const plan = planEncode(facts, {}, defaultLadderConfig);
  const frameCount = decodedSeconds * 30;
  const times = {
    frameCount,
    firstSeconds: 0,
    lastSeconds: decodedSeconds - 1 / 30,
    typicalGapSeconds: 1 / 30,
    missingSeconds: 0,
    gaps: [],
  };
  const indexes = [
    ...(plan.video ? [plan.video.streamIndex] : []),
    ...plan.audio.map((one) => one.streamIndex),
  ];
  const decoded = indexes.map((streamIndex) => ({ streamIndex, times }));
  return assessSource(facts, plan, [{ warnings, decoded, video: [], audio: [] }]);
}

const table = { duration: '100.0', nb_frames: '3000' };
const unclaimed = { duration: undefined, nb_frames: undefined };
const matroska = { format_name: 'matroska,webm', duration: '100.0' };

describe('the decoded share of a source', () => {
  it('is all if the decoded duration is that of the container, within a frame', () => {
    expect(assess([videoStream(table)], {}, { decodedSeconds: 99.8 })).toMatchObject({
      decodableShare: 1,
      isDamaged: false,
    });
  });

  it.each([
    [89, true],
    [90.5, false],
  ])('%d of 100 seconds: refused is %s', (decodedSeconds, isRefused) => {
    const content = assess([videoStream(table)], {}, { decodedSeconds, warnings: some });
    expect(content.isDamaged).toBe(true);
    const act = () => requireDecodable(content);
    if (isRefused)
      expect(act).toThrow(expect.objectContaining({ code: 'source-truncated', retryable: false }));
    else expect(act).not.toThrow();
  });

  it('does not end at 0 s if the audio is one frame: verification failed for a second of PCM in one packet', () => {
    const pcm = audioStream({ codec_name: 'pcm_s16le', ...unclaimed });
    const { streams } = assess([pcm], { format_name: 'matroska,webm' }, { decodedSeconds: 1 / 30 });
    expect(streams).toMatchObject([{ kind: 'audio', decodedFrames: 1, decodedEndSeconds: null }]);
  });

  it('is all of an MP4 whose frames all decode, even if an empty edit lengthens it', () => {
    const late = videoStream({ duration: '101.5', nb_frames: '3000', start_time: '1.5' });
    expect(assess([late], { start_time: '1.5' }, { decodedSeconds: 100 }).decodableShare).toBe(1);
  });

  it('is all of a Matroska file that starts after 0, whose duration is its end', () => {
    const late = videoStream({ ...unclaimed, start_time: '40.0' });
    const format = { ...matroska, start_time: '40.0' };
    expect(assess([late], format, { decodedSeconds: 60 }).decodableShare).toBe(1);
    expect(assess([late], format, { decodedSeconds: 30 }).decodableShare).toBeCloseTo(0.5);
  });

  it('is described in one sentence if it is less than all', () => {
    const damaged = assess([videoStream(table)], {}, { decodedSeconds: 95, warnings: some });
    expect(describeDamage(damaged)).toMatch(
      /^The source is damaged or cut off \(95 % of it can be decoded, .*\)\.$/,
    );
    expect(describeDamage(assess([videoStream(table)], {}, { decodedSeconds: 99.8 }))).toBeNull();
  });

  it('does not depend on an estimated duration without decoder errors', () => {
    const lying = videoStream({ duration: '143165.5', nb_frames: undefined });
    expect(assess([lying], {}, { decodedSeconds: 1 }).decodableShare).toBe(1);
  });

  it('does not depend on a duration estimated from size and bitrate, even with errors about bytes that are no audio', () => {
    const mp3 = { format_name: 'mp3', size: '195379', duration: '12.196' };
    const guessed = audioStream({ index: 0, codec_name: 'mp3', bit_rate: '128000', duration: '12.196' });
    const decoded = { decodedSeconds: 2.8, warnings: some };
    expect(assess([guessed], mp3, decoded).decodableShare).toBe(1);
    expect(assess([guessed], { ...mp3, format_name: 'aac' }, decoded).decodableShare).toBe(1);
    // A header that counts more frames than the bytes of the file: the file was cut off.
    const counted = assess([{ ...guessed, duration: '100.0' }], { ...mp3, duration: '100.0' }, decoded);
    expect(counted.decodableShare).toBeLessThan(0.9);
  });

  it('does not depend on a subtitle that ends after the video', () => {
    const streams = [videoStream(unclaimed), subtitleStream(unclaimed)];
    expect(assess(streams, matroska, { decodedSeconds: 60 }).decodableShare).toBe(1);
    expect(assess([videoStream(unclaimed)], matroska, { decodedSeconds: 60 }).decodableShare).toBeCloseTo(
      0.6,
    );
  });

  it('does not depend on audio that ends after the video', () => {
    const streams = [videoStream({ duration: '10.0', nb_frames: '300' }), audioStream({ duration: '100.0' })];
    expect(assess(streams, {}, { decodedSeconds: 10 }).decodableShare).toBe(1);
  });
});

describe('a source of which a remake decodes one stream and keeps the other', () => {
  const facts = readSourceFacts(
    probeOf([videoStream(unclaimed), audioStream(unclaimed)], matroska),
    'matroska',
  );
  const plan = planEncode(facts, {}, defaultLadderConfig);
  const renditionIds = plannedRenditions(plan).map(({ id }) => id);
  const audioIds = plan.audio.map(({ id }) => id);
  const decodedTo = (streamIndex: number, seconds: number) => ({
    streamIndex,
    times: {
      ...{ frameCount: seconds * 30, firstSeconds: 0, lastSeconds: seconds - 1 / 30 },
      ...{ typicalGapSeconds: 1 / 30, missingSeconds: 0, gaps: [] },
    },
  });

  it.each([
    ['audio that ends a second before the picture', { video: 100, audio: 99 }, renditionIds],
    ['a picture that ends a fifth before the audio', { video: 80, audio: 100 }, audioIds],
  ])('is not damaged by %s', (_, ends, keptIds) => {
    const ofVideo = decodedTo(0, ends.video);
    const ofAudio = decodedTo(1, ends.audio);
    const captureOf = (decoded: (typeof ofVideo)[]) => [{ warnings: none, decoded, video: [], audio: [] }];
    const whole = assessSource(facts, plan, captureOf([ofVideo, ofAudio]));
    const remade = planToEncode(keepTracks(plan, { jobId: 'a', token: 1 }, keptIds));
    const capture = captureOf(remade.video ? [ofVideo] : [ofAudio]);
    expect(joinAssessments(assessSource(facts, remade, capture, whole), whole)).toEqual(whole);
    expect(whole).toMatchObject({ decodableShare: 1, isDamaged: false });
  });
});

describe('the errors of opening a recording that begins between key frames', () => {
  const facts = readSourceFacts(probeOf([videoStream(table)]), 'mpegts');
  const plan = planEncode(facts, {}, defaultLadderConfig);
  const damageOf = (units: readonly DecoderWarnings[], openingWarnings: number) => {
    const captures = units.map((warnings, unit) => ({
      ...{ warnings: warningsOfUnit(warnings, rangeOf(unit, openingWarnings)) },
      ...{ decoded: [], video: [], audio: [] },
    }));
    return assessSource(facts, plan, captures).warnings;
  };

  it('count once, not once for each of 75 units', () => {
    const opening: DecoderWarnings = { errors: 3, corrupt: 0, examples: ['[error] non-existing PPS 0'] };
    expect(damageOf(Array(75).fill(opening), 3)).toEqual(opening);
  });

  it('count as corrupt packets where they are, and do not hide the errors of a unit', () => {
    const [first, later] = [some, { ...some, corrupt: 2 }];
    expect(damageOf([first, later], 4)).toMatchObject({ errors: 3, corrupt: 2 });
    expect(damageOf([some, none], 4)).toMatchObject({ errors: 3, corrupt: 1 });
  });

  it('are all counted by the only unit of a video that is not divided', () => {
    expect(warningsOfUnit(some, null)).toEqual(some);
  });
});

describe('holes', () => {
  const timesOf = (times: number[]) => {
    const reader = createFrameTimesReader();
    const text = times.map((time, index) => `frame:${index} pts:0 pts_time:${time}\nseen=1\n`).join('');
    // Split at unfavourable positions.
    for (const part of text.match(/[\s\S]{1,7}/g) ?? []) reader.push(part);
    return reader.end();
  };
  const regular = Array.from({ length: 100 }, (_, index) => index / 25);

  it('are gaps far longer than the median, for any order of frames', () => {
    const holed = regular.map((time) => (time >= 2 ? time + 3 : time)).toReversed();
    expect(timesOf(holed)).toMatchObject({
      frameCount: 100,
      missingSeconds: 3,
      gaps: [expect.anything()],
      typicalGapSeconds: 0.04,
    });
    expect(timesOf(regular)?.missingSeconds).toBe(0);
  });

  it('are not slides with a long duration', () => {
    expect(timesOf([0, 5, 9, 16, 20, 41])?.missingSeconds).toBe(0);
  });

  it('are null if nothing was decoded', () => {
    expect(timesOf([])).toBeNull();
  });
});

describe('complaints', () => {
  it('are the same in each run, without paths and addresses', () => {
    const said = (address: string) =>
      readDecoderWarnings(
        [
          `[h264 @ ${address}] [error] error while decoding MB 37 12`,
          '[warning] /tmp/job-x1/source: corrupt decoded frame in stream 0',
          `[mov @ ${address}] [info] nothing`,
          `[h264 @ ${address}] [error] error while decoding MB 37 12`,
        ].join('\n'),
      );
    expect(said('0x55f33')).toEqual(said('0x7ffe1'));
    expect(said('0x55f33')).toEqual({
      errors: 2,
      corrupt: 1,
      examples: [
        '[h264] [error] error while decoding MB 37 12',
        '[warning] … corrupt decoded frame in stream 0',
      ],
    });
  });
});
