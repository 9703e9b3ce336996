import { defaultLadderConfig } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { audioStream, factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';
import { planEncode } from './plan-encode.ts';

type Fields = Record<string, unknown>;
const plan = (streams: Fields[], surveys: StreamSurvey[] = []) =>
  planEncode(factsOf([videoStream(), ...streams]), { surveys }, defaultLadderConfig);
const mono = (index: number, changes: Fields = {}) =>
  audioStream({
    index,
    codec_name: 'pcm_s16le',
    channels: 1,
    channel_layout: 'unknown',
    disposition: {},
    tags: {},
    ...changes,
  });
const tracksOf = (streams: Fields[]) =>
  plan(streams).audio.map(({ streamIndex, preparation }) => preparation?.streamIndexes ?? [streamIndex]);

describe('the default track', () => {
  const defaultOf = (streams: Fields[]) => plan(streams).audio[0];

  it('is the first track; of several, the default of the source', () => {
    const [one, two] = [audioStream({ index: 1, disposition: {} }), audioStream({ index: 2 })];
    expect(defaultOf([one, two])).toMatchObject({ streamIndex: 2, isDefault: true, id: 'audio-1' });
    expect(defaultOf([one, { ...two, disposition: {} }])).toMatchObject({ streamIndex: 1 });
  });

  it.each(['visual_impaired', 'hearing_impaired', 'comment', 'clean_effects', 'descriptions', 'karaoke'])(
    'is not %s if there is another, even if the source marks it as default',
    (disposition) => {
      const special = audioStream({ index: 1, disposition: { default: 1, [disposition]: 1 } });
      const ordinary = audioStream({ index: 2, disposition: {} });
      expect(plan([special, ordinary]).audio).toMatchObject([
        { streamIndex: 2, isDefault: true, role: 'main' },
        { streamIndex: 1, isDefault: false },
      ]);
      expect(defaultOf([special])).toMatchObject({ streamIndex: 1, isDefault: true });
    },
  );

  it('has audio description in its name', () => {
    const special = audioStream({ index: 1, disposition: { visual_impaired: 1 } });
    const names = plan([special, audioStream({ index: 2 })]).audio.map(({ name }) => name);
    expect(names).toEqual(['English', 'English (Audio description)']);
  });
});

describe('mono tracks', () => {
  it('that are labelled left and right become one stereo track', () => {
    const made = plan([
      mono(1, { channel_layout: '1 channels (FL)' }),
      mono(2, { channel_layout: '1 channels (FR)' }),
    ]);
    expect(made.audio).toHaveLength(1);
    expect(made.audio[0]?.preparation).toMatchObject({
      streamIndexes: [1, 2],
      join: { filter: 'join=inputs=2:channel_layout=FL+FR:map=0.0-FL|1.0-FR' },
    });
    expect(made.audioPreparation?.why).toContain('1 (FL), 2 (FR)');
  });

  it('that are labelled in another order are sorted', () => {
    expect(tracksOf([mono(1, { channel_layout: 'FR' }), mono(2, { channel_layout: 'FL' })])).toEqual([
      [2, 1],
    ]);
  });

  it('that are labelled as the channels of a layout become one track', () => {
    const speakers = [
      '1 channels (FL)',
      '1 channels (FR)',
      'mono',
      '1 channels (LFE)',
      '1 channels (SL)',
      '1 channels (SR)',
    ];
    const made = plan(speakers.map((channel_layout, index) => mono(index + 1, { channel_layout })));
    expect(made.audio).toHaveLength(1);
    expect(made.audio[0]?.preparation?.join?.filter).toContain('channel_layout=FL+FR+FC+LFE+SL+SR');
  });

  it('with repeated labels become two tracks', () => {
    const pair = (index: number) => [
      mono(index, { channel_layout: 'FL' }),
      mono(index + 1, { channel_layout: 'FR' }),
    ];
    expect(tracksOf([...pair(1), ...pair(3)])).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('without labels become left and right if there are two with equal properties', () => {
    expect(tracksOf([mono(1), mono(2)])).toEqual([[1, 2]]);
    expect(tracksOf([mono(1, { tags: { title: 'A1' } }), mono(2, { tags: { title: 'A2' } })])).toEqual([
      [1, 2],
    ]);
  });

  it.each([
    ['of other languages', { tags: { language: 'ger' } }],
    ['of another length', { duration: '9.5' }],
    ['of another start', { start_time: '0.5' }],
    ['of another codec', { codec_name: 'mp2' }],
    ['of another rate', { sample_rate: '44100' }],
    ['of another title', { tags: { title: 'Director' } }],
    ['for the blind', { disposition: { visual_impaired: 1 } }],
    ['that are stereo', { channels: 2 }],
  ])('without labels stay separate if one is %s', (_, changes) => {
    expect(tracksOf([mono(1), mono(2, changes)])).toEqual([[1], [2]]);
  });

  it('without labels stay separate if there are more than two', () => {
    expect(tracksOf([mono(1), mono(2), mono(3)])).toEqual([[1], [2], [3]]);
  });
});
