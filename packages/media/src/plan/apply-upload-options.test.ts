import { defaultLadderConfig, type UploadOptions } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { audioStream, factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { applyUploadOptions } from './apply-upload-options.ts';
import { encodePlanSchema } from './encode-plan.ts';
import { planEncode } from './plan-encode.ts';

const german = { language: 'ger' };
const second = { index: 2, tags: german, disposition: { default: 1 } };
/** The second audio track is the default, so the plan has it first. */
const plan = planEncode(
  factsOf([
    videoStream(),
    audioStream({ index: 1, tags: { language: 'eng', title: 'Room' }, disposition: { default: 0 } }),
    audioStream(second),
  ]),
  {},
  defaultLadderConfig,
);
const silent = planEncode(factsOf([videoStream()]), {}, defaultLadderConfig);
const sound = planEncode(factsOf([audioStream()]), {}, defaultLadderConfig);
const audioOf = (options: UploadOptions) =>
  applyUploadOptions(plan, options).audio.map(({ streamIndex, language, name }) => [
    streamIndex,
    language,
    name,
  ]);

it('a plan without options stays as it is', () => {
  expect(applyUploadOptions(plan, {})).toEqual(plan);
  expect(applyUploadOptions(plan, { label: 'order 7', priority: 'bulk' })).toEqual(plan);
});

it('has title and poster time, and can be stored', () => {
  const made = applyUploadOptions(plan, { title: 'Harbour "2"', posterSeconds: 3.5 });
  expect(made).toEqual({ ...plan, title: 'Harbour "2"', posterSeconds: 3.5 });
  expect(encodePlanSchema.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
});

it('audio tracks are counted in the order of the source, whichever is the default', () => {
  expect(audioOf({})).toEqual([
    [2, 'de', 'Deutsch'],
    [1, 'en', 'Room'],
  ]);
  expect(audioOf({ audio: [{ language: 'pt-br' }, { name: 'Kommentar' }] })).toEqual([
    [2, 'de', 'Kommentar'],
    [1, 'pt-BR', 'português (Brasil)'],
  ]);
  expect(audioOf({ audio: [{ name: 'Deutsch' }] })).toEqual([
    [2, 'de', 'Deutsch'],
    [1, 'en', 'Deutsch 2'],
  ]);
});

it.each([
  ['a poster behind the end', plan, { posterSeconds: 9_999 }, /options\.posterSeconds is 9999, but .* ends/],
  ['a poster of a sound', sound, { posterSeconds: 1 }, /options\.posterSeconds is 1, but .* no video/],
  ['names of tracks that are not there', silent, { audio: [{}] }, /options\.audio has 1 entries, but .* 0/],
])('refuses %s', (_case, source, options, message) => {
  expect(() => applyUploadOptions(source, options)).toThrow(
    expect.objectContaining({ code: 'options-invalid', message: expect.stringMatching(message) }),
  );
});
