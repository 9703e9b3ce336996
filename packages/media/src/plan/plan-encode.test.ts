import { av1Ladder, defaultLadderConfig, hevcLadder, type LadderConfig } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { audioStream, factsOf, subtitleStream, videoStream } from '../../test/ffprobe-fixtures.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';
import { encodePlanSchema, plannedRenditions } from './encode-plan.ts';
import type { Observations } from './observations.ts';
import { planEncode } from './plan-encode.ts';

type Streams = Parameters<typeof factsOf>[0];
const plan = (streams: Streams, observation: Observations = {}, preset: LadderConfig = defaultLadderConfig) =>
  planEncode(factsOf(streams), observation, preset);
const refusal = (streams: Streams, observation: Observations = {}) => {
  try {
    plan(streams, observation);
    return null;
  } catch (error) {
    return error instanceof Error ? { code: 'code' in error && error.code, message: error.message } : error;
  }
};
const survey = (streamIndex: number, changes: Partial<StreamSurvey> = {}): StreamSurvey => ({
  streamIndex,
  decodedFrames: 240,
  readPackets: 200,
  decodedSeconds: 8,
  isWhole: false,
  warnings: 0,
  openingWarnings: 0,
  corruptFrames: 0,
  changesAudioFormat: false,
  carries: null,
  ...changes,
});
const allFilters = ({ video }: ReturnType<typeof plan>) =>
  [...(video?.filters ?? []), ...(video?.branches.flatMap(({ filters }) => filters) ?? [])]
    .map(({ filter }) => filter)
    .join(',');

describe('planEncode', () => {
  it('can be stored as JSON', () => {
    const made = plan([videoStream(), audioStream(), subtitleStream()]);
    expect(encodePlanSchema.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
  });

  it('makes two units of video with audio, one unit of either alone', () => {
    const unitsOf = (streams: Streams) => plan(streams).units.map(({ id }) => id);
    expect(unitsOf([videoStream(), audioStream()])).toEqual(['audio', 'video-00001']);
    expect(unitsOf([videoStream()])).toEqual(['video-00001']);
    expect(unitsOf([audioStream()])).toEqual(['audio']);
  });

  it('keeps the subtitles of a video without audio', () => {
    const bitmap = subtitleStream({ index: 1, codec_name: 'hdmv_pgs_subtitle' });
    const unitsOf = (streams: Streams) => plan(streams).units.map(({ id }) => id);
    expect(unitsOf([videoStream(), subtitleStream({ index: 1 })])).toEqual(['audio', 'video-00001']);
    expect(unitsOf([videoStream(), bitmap])).toEqual(['video-00001']);
  });

  it('chooses the default stream, then the largest, and never the cover image', () => {
    const cover = videoStream({
      index: 0,
      width: 3000,
      height: 3000,
      disposition: { attached_pic: 1, default: 1 },
    });
    const small = videoStream({ index: 1, width: 640, height: 360, disposition: {} });
    const large = videoStream({ index: 2, disposition: {} });
    const made = plan([cover, small, large]);
    expect(made.video?.streamIndex).toBe(2);
    expect(made.leftOut.map(({ streamIndex, why }) => `${streamIndex}: ${why}`)).toEqual([
      '0: a cover image, not the video',
      '1: stream 2 is preferred: default, then larger',
    ]);
    expect(plan([cover, { ...small, disposition: { default: 1 } }, large]).video?.streamIndex).toBe(1);
  });

  it('leaves out audio that cannot be decoded and keeps the other audio', () => {
    const spatial = audioStream({ index: 1, codec_name: undefined, codec_tag_string: 'apac' });
    const broken = audioStream({ index: 2, codec_name: 'flac' });
    const good = audioStream({ index: 3, disposition: {} });
    const observation = {
      surveys: [survey(0), survey(2, { decodedFrames: 0, decodedSeconds: 0 }), survey(3)],
    };
    const made = plan([videoStream(), spatial, broken, good], observation);
    expect(made.audio.map(({ streamIndex, isDefault }) => [streamIndex, isDefault])).toEqual([[3, true]]);
    expect(made.leftOut.map(({ why }) => why)).toEqual([
      'its codec is unknown to ffmpeg',
      'it cannot be decoded (flac)',
    ]);
  });

  it('gives tracks different names for menus', () => {
    const made = plan([
      audioStream({ index: 0 }),
      audioStream({ index: 1, tags: { language: 'ger' }, disposition: {} }),
      audioStream({ index: 2, tags: { language: 'eng', title: 'Commentary' }, disposition: {} }),
      audioStream({ index: 3, disposition: {} }),
      audioStream({ index: 4, tags: {}, disposition: {} }),
    ]);
    expect(made.audio.map(({ id, language, name, isDefault }) => [id, language, name, isDefault])).toEqual([
      ['audio-1', 'en', 'English', true],
      ['audio-2', 'de', 'Deutsch', false],
      ['audio-3', 'en', 'Commentary', false],
      ['audio-4', 'en', 'English 2', false],
      ['audio-5', null, 'Audio', false],
    ]);
  });

  it('mixes down to stereo and keeps the start of very short audio', () => {
    const filtersOf = (changes: Record<string, unknown>) =>
      plan([audioStream(changes)]).audio[0]?.filters.map(({ filter }) => filter);
    const common = 'aresample=48000:async=1:min_hard_comp=0.04:first_pts=0';
    const format = 'aformat=sample_fmts=fltp:channel_layouts=stereo';
    const trim = 'atrim=start_sample=1024';
    const levels = 'center_mix_level=0.707:surround_mix_level=0.707:lfe_mix_level=0:rematrix_maxval=1';
    expect(filtersOf({})).toEqual([`${common},${format}`, trim]);
    expect(filtersOf({ channels: 1 })).toEqual([`${common}:rematrix_volume=1.41421,${format}`, trim]);
    expect(filtersOf({ channels: 6, channel_layout: '5.1' })).toEqual([
      `${common}:${levels},${format}`,
      trim,
    ]);
    expect(filtersOf({ duration: '0.06' })).toEqual([`${common},${format}`]);
  });

  it('converts text subtitles to WebVTT and gives a reason for leaving out image subtitles', () => {
    const made = plan([
      videoStream(),
      subtitleStream({ index: 1 }),
      subtitleStream({
        index: 2,
        codec_name: 'ass',
        disposition: { forced: 1, default: 1 },
        tags: { language: 'eng' },
      }),
      subtitleStream({ index: 3, codec_name: 'hdmv_pgs_subtitle' }),
      subtitleStream({ index: 4, codec_name: 'dvb_teletext' }),
    ]);
    expect(
      made.subtitles.map(({ id, language, isDefault, isForced }) => [id, language, isDefault, isForced]),
    ).toEqual([
      ['subtitles-1', 'de', false, false],
      ['subtitles-2', 'en', true, true],
    ]);
    expect(made.leftOut.map(({ streamIndex }) => streamIndex)).toEqual([3, 4]);
  });

  it('uses the decoded duration if that of the container is wrong', () => {
    const whole = { isWhole: true, decodedSeconds: 1.07 };
    const observation = { surveys: [survey(0, whole), survey(1, { ...whole, decodedSeconds: 1.1 })] };
    expect(plan([videoStream(), audioStream()], observation).durationSeconds).toBe(1.1);
    expect(
      plan([videoStream(), audioStream()], { surveys: [survey(0, whole), survey(1)] }).durationSeconds,
    ).toBe(10);
  });

  it('starts the video at 0, or the audio if that is earlier', () => {
    const startsAt = (video: string, audio: string, file: string) =>
      planEncode(
        factsOf([videoStream({ start_time: video }), audioStream({ start_time: audio })], {
          start_time: file,
        }),
        {},
        defaultLadderConfig,
      ).timeline;
    expect(startsAt('0.000000', '0.000000', '0.000000')).toMatchObject({
      zeroSeconds: 0,
      inputOffsetSeconds: 0,
    });
    expect(startsAt('1.433000', '1.411000', '1.411000')).toMatchObject({
      zeroSeconds: 1.433,
      inputOffsetSeconds: -0.022,
    });
    expect(startsAt('0.500000', '0.000000', '0.000000')).toMatchObject({
      zeroSeconds: 0,
      inputOffsetSeconds: 0,
    });
    expect(startsAt('0.000000', '0.500000', '0.000000')).toMatchObject({
      zeroSeconds: 0,
      inputOffsetSeconds: 0,
    });
  });

  it('deinterlaces by measurement instead of the flag, but nothing above 30 frames per second', () => {
    const looks = (topFirstFrames: number, bottomFirstFrames: number, progressiveFrames: number) => ({
      interlace: { topFirstFrames, bottomFirstFrames, progressiveFrames, undeterminedFrames: 5 },
    });
    const observation = (observed: Observations, changes: Record<string, unknown> = {}) =>
      allFilters(plan([videoStream(changes)], observed));
    expect(observation(looks(80, 0, 20))).toContain('bwdif=mode=send_frame:parity=tff:deint=all');
    expect(observation(looks(0, 80, 20))).toContain('parity=bff');
    expect(observation(looks(4, 0, 96), { field_order: 'tt' })).not.toContain('bwdif');
    expect(observation(looks(0, 0, 0), { field_order: 'tt' })).toContain('parity=auto:deint=interlaced');
    expect(observation(looks(80, 0, 20), { r_frame_rate: '60/1', avg_frame_rate: '60/1' })).not.toContain(
      'bwdif',
    );
  });

  it.each([
    ['BT.709', {}, 'in_color_matrix=bt709:in_range=tv'],
    ['untagged HD', { color_space: 'unknown' }, 'in_color_matrix=bt709'],
    ['untagged SD', { color_space: 'unknown', width: 720, height: 576 }, 'in_color_matrix=smpte170m'],
    ['full range', { color_range: 'pc' }, 'in_range=pc'],
    ['RGB', { pix_fmt: 'gbrp' }, ':eval=frame:flags=bicubic:out_color_matrix=bt709'],
    [
      'HDR10',
      { color_transfer: 'smpte2084', color_primaries: 'bt2020', color_space: 'bt2020nc' },
      'tonemap=tonemap=hable',
    ],
    ['Display P3', { color_primaries: 'smpte432' }, 'zscale=pin=smpte432'],
  ])('colours: %s', (_, changes, filter) => {
    expect(allFilters(plan([videoStream(changes)]))).toContain(filter);
  });

  it('keeps HDR only in the ladders and presets that ask for it', () => {
    const hdr = videoStream({
      color_transfer: 'smpte2084',
      color_primaries: 'bt2020',
      color_space: 'bt2020nc',
    });
    const ladders = [...defaultLadderConfig.ladders, hevcLadder, av1Ladder];
    const rangesOf = (setting: LadderConfig['hdr']) => {
      const made = plan([hdr], {}, { ...defaultLadderConfig, ladders, hdr: setting });
      return Object.fromEntries(
        plannedRenditions(made).map(({ codec, dynamicRange }) => [codec, dynamicRange]),
      );
    };
    expect(rangesOf('tone-map')).toEqual({ h264: 'sdr', hevc: 'sdr', av1: 'sdr' });
    expect(rangesOf('keep')).toEqual({ h264: 'sdr', hevc: 'pq', av1: 'pq' });
  });

  it('keeps closed captions if no frame is dropped or repeated', () => {
    const actionAt = (rate: string) =>
      plan([videoStream({ closed_captions: 1, r_frame_rate: rate, avg_frame_rate: rate })]).video
        ?.closedCaptions.action;
    expect([actionAt('30/1'), actionAt('120/1')]).toEqual(['kept-in-band', 'left-out']);
  });
});

describe('refusals', () => {
  const nothing = { decodedFrames: 0, decodedSeconds: 0 };
  it.each([
    ['data alone', [{ index: 0, codec_type: 'data' }], {}, 'no-media-stream'],
    ['a cover image alone', [videoStream({ disposition: { attached_pic: 1 } })], {}, 'no-media-stream'],
    ['codecs that ffmpeg does not know', [audioStream({ codec_name: undefined })], {}, 'unsupported-codec'],
    ['no stream that decodes', [videoStream()], { surveys: [survey(0, nothing)] }, 'no-decodable-stream'],
    [
      'a click of audio',
      [audioStream()],
      { surveys: [survey(1, { decodedSeconds: 0.04 })] },
      'no-decodable-stream',
    ],
    ['common encryption', [videoStream({ codec_tag_string: 'encv' })], {}, 'encrypted'],
    [
      'encryption that only decoding detects',
      [videoStream({ side_data_list: [{ side_data_type: 'Encryption initialization data' }] })],
      { surveys: [survey(0, { corruptFrames: 230, warnings: 500 })] },
      'encrypted',
    ],
    [
      'Dolby Vision profile 5',
      [videoStream({ side_data_list: [{ dv_profile: 5, dv_bl_signal_compatibility_id: 0 }] })],
      {},
      'dolby-vision-without-base-layer',
    ],
    ['a very large video', [videoStream({ width: 65_535, height: 65_535 })], {}, 'video-too-large'],
  ])('%s', (_, streams, observation, code) => {
    expect(refusal(streams, observation)).toMatchObject({ code });
  });

  it('publishes the audio of a video that cannot be decoded', () => {
    const video = videoStream({ side_data_list: [{ dv_profile: 5, dv_bl_signal_compatibility_id: 0 }] });
    expect(plan([video, audioStream()])).toMatchObject({ video: null, audio: [{ streamIndex: 1 }] });
  });
});
