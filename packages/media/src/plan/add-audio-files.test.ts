import { defaultLadderConfig } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { audioStream, factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { encodeAudioCommand } from '../command/encode-audio-command.ts';
import { addAudioFiles, planOfAudioFile, planOfOwnAudio } from './add-audio-files.ts';
import { encodePlanSchema } from './encode-plan.ts';
import { primingTrim } from './plan-audio.ts';
import { planEncode } from './plan-encode.ts';

const config = {
  ...defaultLadderConfig,
  audio: { ...defaultLadderConfig.audio, surround: 'keep' as const },
};
const film = planEncode(factsOf([videoStream(), audioStream({ index: 1 })]), {}, config);
const file = {
  ...{ key: 'videos/holiday.de.m4a', sizeBytes: 9, versionId: 'v1', etag: 'e1' },
  ...{ language: 'de', role: 'main' as const },
};
const readAs = (stream: Record<string, unknown>, durationSeconds: number) => ({
  file,
  plan: { ...planEncode(factsOf([audioStream({ index: 0, ...stream })]), {}, config), durationSeconds },
});
const pinned = { key: file.key, versionId: 'v1', etag: 'e1', sizeBytes: 9 };
const added = (read = readAs({}, 4), plan = film) =>
  addAudioFiles({ ...plan, durationSeconds: 10 }, { tracks: [read], files: [pinned], leftOut: [] });

it('the track of a file follows those of the film, with the language of its name, and as long as the film', () => {
  const plan = encodePlanSchema.parse(added());
  expect(plan.audio.map(({ id, language, name, isDefault }) => [id, language, name, isDefault])).toEqual([
    ['audio-1', 'en', 'English', true],
    ['audio-2', 'de', 'Deutsch', false],
  ]);
  const filters = plan.audio[1]?.filters.map(({ filter }) => filter);
  expect(filters?.slice(-2)).toEqual(['apad=whole_dur=10.000000,atrim=end=10.000000', primingTrim]);
  expect(plan.audio[1]?.filters.at(-2)?.why).toBe(
    'holiday.de.m4a beside the upload is 6.0 s shorter than the film: silence follows',
  );
  expect(plan.audioFiles).toMatchObject([{ ...pinned, source: { leadingBytes: 0 } }]);
});

it('5.1 of a file is kept like that of the film', () => {
  const { audio } = added(readAs({ channels: 6, channel_layout: '5.1' }, 12));
  expect(audio.map(({ id, name, channels }) => [id, name, channels])).toEqual([
    ['audio-1', 'English', 2],
    ['audio-2', 'Deutsch', 2],
    ['audio-2-surround', 'Deutsch', 6],
  ]);
});

it('each file is encoded by a command of its own', () => {
  const plan = added();
  const [planned] = plan.audioFiles;
  const tracksOf = (part: typeof plan | null) =>
    part &&
    encodeAudioCommand(part, { sourcePath: 's', targetFor: (id) => id }).outputs.map(({ target }) => target);
  expect(tracksOf(planOfOwnAudio(plan))).toEqual(['audio-1']);
  expect(tracksOf(planned ? planOfAudioFile(plan, planned) : null)).toEqual(['audio-2']);
});

it('the first file of a silent film is its default track, and gets the unit that encodes audio', () => {
  const silent = planEncode(factsOf([videoStream()]), {}, config);
  expect(silent.units.map(({ kind }) => kind)).toEqual(['video']);
  const plan = added(readAs({}, 10), silent);
  expect(plan.units.map(({ kind }) => kind)).toEqual(['audio', 'video']);
  expect(plan.audio).toMatchObject([{ id: 'audio-1', isDefault: true }]);
});
