import { expect, it } from 'vitest';
import { defaultLadderConfig } from '../ladder-config.ts';
import { chooseMaking, profileOf } from './choose-making.ts';
import { stackProfilesOf } from './stack-profiles.ts';
import { parseMetadataChoice, parseSidecarChoice } from './upload-choice.ts';

const stack = stackProfilesOf({
  ladder: defaultLadderConfig,
  profiles: { mobile: {}, late: { priority: 'bulk' } },
  profileRules: [{ pattern: 'clips/*', profile: 'mobile' }],
});
const sidecar = (value: unknown) => parseSidecarChoice(Buffer.from(JSON.stringify(value)));
const choose = (key: string, metadata: Record<string, string>, beside: unknown = {}) =>
  chooseMaking({ key }, { metadata: parseMetadataChoice(metadata), sidecar: sidecar(beside) }, stack);

it('takes the profile of the first that names one, and the options of the first that has some', () => {
  const metadata = { 'fyrestream-profile': 'late', 'fyrestream-options': '{"label":"of metadata"}' };
  const beside = { $schema: './schema.json', profile: 'mobile', options: { label: 'beside' } };
  const clip = 'videos/clips/a.mov';
  expect(choose(clip, metadata, beside)).toEqual({
    ...{ profile: 'late', from: 'metadata', options: { label: 'of metadata' }, priority: 'bulk' },
  });
  expect(choose(clip, {}, { ...beside, profile: 'late' })).toMatchObject({
    profile: 'late',
    from: 'sidecar',
  });
  expect(choose(clip, { 'fyrestream-options': '{"title":"A \\u00e4"}' }, beside)).toEqual({
    ...{ profile: 'mobile', from: 'sidecar', options: { title: 'A ä' } },
  });
  expect(choose(clip, {})).toEqual({ profile: 'mobile', from: 'rule', options: {} });
  expect(choose('videos/a.mov', {})).toEqual({ profile: 'default', from: 'default', options: {} });
});

it('takes the priority of the options before that of the profile', () => {
  const options = JSON.stringify({ priority: 'urgent' });
  expect(choose('videos/a', { 'fyrestream-profile': 'late', 'fyrestream-options': options }).priority).toBe(
    'urgent',
  );
});

it.each([
  [{ 'fyrestream-profile': 'mobil' }, 'profile-unknown', /no profile mobil, but default, mobile, late/],
  [{ 'fyrestream-profile': 'constructor' }, 'profile-unknown', /no profile constructor/],
  [{ 'fyrestream-profile': 'A b' }, 'profile-unknown', /metadata .* profile: must be a name/],
  [{ 'fyrestream-options': '{"posterSecond":3}' }, 'options-invalid', /options\.posterSecond is not a known/],
  [{ 'fyrestream-options': '{"posterSeconds":-1}' }, 'options-invalid', /options\.posterSeconds: /],
  [{ 'fyrestream-options': '{' }, 'options-invalid', /fyrestream-options is no JSON/],
  [
    { 'fyrestream-options': '{"audio":[{"language":"en_US"}]}' },
    'options-invalid',
    /options\.audio\.0\.language/,
  ],
])('refuses the metadata %j with the name of the field', (metadata, code, message) => {
  expect(() => choose('videos/a.mov', metadata)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  );
});

it.each([
  ['not JSON', Buffer.from('profile: mobile'), 'options-invalid', /sidecar .* is no JSON/],
  ['UTF-16', Buffer.from('{}', 'utf16le'), 'options-invalid', /is no JSON/],
  ['a list', Buffer.from('[]'), 'options-invalid', /sidecar/],
  ['an unknown field', Buffer.from('{"profil":"mobile"}'), 'options-invalid', /profil is not a known/],
  ['too long', Buffer.alloc(65_537, ' '), 'options-invalid', /more than 65536 bytes/],
])('refuses a sidecar that is %s', (_case, bytes, code, message) => {
  expect(() => parseSidecarChoice(bytes)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  );
});

it('reads a sidecar with a byte order mark', () => {
  expect(parseSidecarChoice(Buffer.from('\u{feff}{"profile":"mobile"}'))).toEqual({ profile: 'mobile' });
});

it('a profile has the fields of default that it leaves out', () => {
  const { profiles } = stackProfilesOf({
    ladder: defaultLadderConfig,
    profiles: {
      default: { hdr: 'keep', priority: 'urgent' },
      quiet: { audio: { bitrateBitsPerSecond: 64_000 } },
    },
    profileRules: [],
  });
  expect(profileOf('quiet', profiles)).toEqual({
    ladder: {
      ...defaultLadderConfig,
      hdr: 'keep',
      audio: { ...defaultLadderConfig.audio, bitrateBitsPerSecond: 64_000 },
    },
    priority: 'urgent',
  });
  expect([...profiles.keys()]).toEqual(['default', 'quiet']);
});

it('an edition has the profile that a person named, the options of its upload, and the last place in the line', () => {
  const metadata = {
    'fyrestream-profile': 'late',
    'fyrestream-options': '{"label":"a","priority":"urgent"}',
  };
  const made = (upload: { edition?: number; profile?: string }) =>
    chooseMaking(
      { key: 'videos/a.mov', ...upload },
      { metadata: parseMetadataChoice(metadata), sidecar: {} },
      stack,
    );
  const options = { label: 'a', priority: 'urgent' };
  expect(made({ edition: 1, profile: 'mobile' })).toEqual({
    ...{ profile: 'mobile', from: 'remake', options, priority: 'bulk' },
  });
  expect(made({ edition: 1 })).toEqual({ profile: 'late', from: 'metadata', options, priority: 'bulk' });
  expect(() => made({ edition: 1, profile: 'none' })).toThrow('no profile none');
});
