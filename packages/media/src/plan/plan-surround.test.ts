import { defaultLadderConfig } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { audioStream, factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { encodeAudioCommand } from '../command/encode-audio-command.ts';
import { prepareAudioCommand } from '../command/prepare-audio-command.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';
import { applyUploadOptions } from './apply-upload-options.ts';
import { primingTrim } from './plan-audio.ts';
import { planEncode } from './plan-encode.ts';

type Fields = Record<string, unknown>;
const plan = (
  streams: Fields[],
  { surround = 'keep', surveys = [] }: { surround?: 'keep' | 'off'; surveys?: StreamSurvey[] } = {},
) =>
  planEncode(
    factsOf([videoStream(), ...streams]),
    { surveys },
    { ...defaultLadderConfig, audio: { ...defaultLadderConfig.audio, surround } },
  );
const film = audioStream({ index: 1, channels: 6, channel_layout: '5.1(side)' });
const german = audioStream({ index: 2, tags: { language: 'ger' }, disposition: {} });

describe('surround that is kept', () => {
  it('follows the stereo tracks as a track of its own, with the name of its stereo', () => {
    expect(plan([film, german]).audio).toMatchObject([
      { id: 'audio-1', name: 'English', channels: 2, isDefault: true, bitrateBitsPerSecond: 128_000 },
      { id: 'audio-2', name: 'Deutsch', channels: 2, isDefault: false },
      { id: 'audio-1-surround', streamIndex: 1, name: 'English', language: 'en', channels: 6 },
    ]);
    const [, , surround] = plan([film, german]).audio;
    expect(surround).toMatchObject({ isDefault: false, bitrateBitsPerSecond: 384_000, preparation: null });
    expect(surround?.filters.map(({ filter }) => filter)).toEqual([
      'pan=5.1|FL=FL|FR=FR|FC=FC|LFE=LFE|BL=SL|BR=SR',
      expect.stringMatching(/^aresample=48000:async=1.*,aformat=sample_fmts=fltp:channel_layouts=5\.1$/),
      primingTrim,
    ]);
  });

  it('is encoded with six channels', () => {
    const command = encodeAudioCommand(plan([film]), { sourcePath: 's', targetFor: (id) => id });
    expect(
      command.outputs.map(({ target, options }) => [target, options[options.indexOf('-ac') + 1]]),
    ).toEqual([
      ['audio-1', '2'],
      ['audio-1-surround', '6'],
    ]);
  });

  it('is made of six mono tracks that are labelled as its channels', () => {
    const speakers = ['FL', 'FR', 'FC', 'LFE', 'SL', 'SR'];
    const tracks = speakers.map((speaker, at) =>
      audioStream({ index: at + 1, channels: 1, channel_layout: `1 channels (${speaker})`, disposition: {} }),
    );
    const made = plan(tracks);
    expect(made.audio.map(({ id }) => id)).toEqual(['audio-1', 'audio-1-surround']);
    const graph = prepareAudioCommand(made, { sourcePath: 's', target: 't' }).filterGraph?.at(-1);
    expect(graph).toMatchObject({
      outputs: ['audio-1-surround'],
      filters: [
        expect.stringContaining('join=inputs=6'),
        'pan=5.1|FL=FL|FR=FR|FC=FC|LFE=LFE|BL=SL|BR=SR',
        'aresample=48000,aformat=sample_fmts=fltp:channel_layouts=5.1',
      ],
    });
    // Its channels are mixed before, so the encode does not mix again.
    expect(made.audio[1]?.filters[0]?.filter).toMatch(/^aresample=/);
  });

  it('is not made of a stream whose format changes within it: its stereo track says so', () => {
    const surveys: StreamSurvey[] = [
      {
        ...{
          streamIndex: 1,
          readPackets: 9,
          decodedFrames: 9,
          decodedSeconds: 1,
          isWhole: true,
          carries: null,
        },
        ...{ warnings: 0, openingWarnings: 0, corruptFrames: 0, changesAudioFormat: true },
      },
    ];
    const { audio } = plan([film], { surveys });
    expect(audio).toHaveLength(1);
    expect(audio[0]?.filters[0]?.why).toMatch(/not kept as 5\.1: its format changes/);
  });

  it('has the language and name that the upload gives its track', () => {
    const labelled = applyUploadOptions(plan([film, german]), {
      audio: [{ language: 'fr', name: 'Version originale' }],
    });
    expect(labelled.audio.map(({ id, language, name }) => [id, language, name])).toEqual([
      ['audio-1', 'fr', 'Version originale'],
      ['audio-2', 'de', 'Deutsch'],
      ['audio-1-surround', 'fr', 'Version originale'],
    ]);
  });
});

it('publishes stereo alone where surround is off, and says nothing of 5.1', () => {
  const { audio } = plan([film], { surround: 'off' });
  expect(audio).toHaveLength(1);
  expect(JSON.stringify(audio)).not.toContain('kept');
});
