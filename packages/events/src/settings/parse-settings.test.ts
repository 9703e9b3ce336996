import { expect, it } from 'vitest';
import { defaultLadderConfig } from '../ladder-config.ts';
import { profileOf } from '../profiles/choose-making.ts';
import { packProfiles, profilesVariable } from '../profiles/profiles-variable.ts';
import { stackProfilesOf } from '../profiles/stack-profiles.ts';
import { parseSettings } from './parse-settings.ts';

const [h264] = defaultLadderConfig.ladders;
const ladderWith = (change: object) => ({ ladder: { ...defaultLadderConfig, ...change } });

it('adds the defaults', () => {
  expect(parseSettings({ costLimitUsd: 2 })).toMatchObject({
    settings: { costLimitUsd: 2, maxConcurrentTasks: 4, ladder: defaultLadderConfig },
    faults: [],
  });
});

it.each([
  ['an unknown setting', { ladders: [] }, ['fyrestream:ladders is not a known setting']],
  ['an unknown field', ladderWith({ crf: 23 }), ['fyrestream:ladder.crf is not a known field']],
  ['a missing field', ladderWith({ hdr: undefined }), ['fyrestream:ladder.hdr']],
  [
    'a missing field of a rung',
    ladderWith({ ladders: [{ ...h264, rungs: [{ shortEdgePixels: 240, constantRateFactor: 24 }] }] }),
    ['fyrestream:ladder.ladders.0.rungs.0.maximumBitrateBitsPerSecond is missing'],
  ],
  [
    'an unknown codec and a wrong number',
    { ...ladderWith({ ladders: [{ ...h264, codec: 'vp9' }] }), costLimitUsd: 0 },
    ['fyrestream:ladder.ladders.0.codec', 'fyrestream:costLimitUsd: '],
  ],
])('names %s with its path', (_case, values, expected) => {
  const { settings, faults } = parseSettings(values);
  expect(settings).toBeNull();
  expect(faults).toHaveLength(expected.length);
  for (const [index, fault] of expected.entries()) expect(faults[index]).toContain(fault);
});

it('refuses priorities and shares that do not fit beside the profiles', () => {
  const prefixes = Array.from({ length: 200 }, (_, index) => [`folder-${index}/`, 'bulk']);
  expect(parseSettings({ priorities: Object.fromEntries(prefixes) }).faults).toEqual([
    expect.stringMatching(/^fyrestream:priorities: must have, with profiles, .* at most 3000/),
  ]);
  expect(parseSettings({ priorities: { 'archive/': 'bulk' }, shares: { acme: 3 } }).faults).toEqual([]);
  expect(parseSettings({ priorities: { 'archive/': 'late' } }).faults).toHaveLength(1);
});

it('refuses settings that do not fit into the environment of the API, where it is wanted', () => {
  const prefixes = Array.from({ length: 90 }, (_, index) => [`folder-${index}/`, 'bulk']);
  const priorities = Object.fromEntries(prefixes);
  const webhooks = { studio: { url: `https://example.com/${'n'.repeat(200)}` } };
  expect(parseSettings({ priorities, webhooks }).faults).toEqual([]);
  expect(parseSettings({ priorities, webhooks, api: 'iam' }).faults).toEqual([
    expect.stringMatching(
      /^fyrestream:api: needs profiles, priorities, shares and webhooks of together at most 2600/,
    ),
  ]);
});

it('takes an unquoted number of a YAML file as the text of a setting', () => {
  expect(parseSettings({ sourceBucketName: 20261130 }).settings).toMatchObject({
    sourceBucketName: '20261130',
  });
});

it('refuses a kind of NAT where the network has none', () => {
  expect(parseSettings({ network: 'economy', nat: 'single' }).faults).toEqual([
    expect.stringContaining('fyrestream:nat: has no effect'),
  ]);
  expect(parseSettings({ network: 'economy' }).settings).toMatchObject({ network: 'economy' });
});

const rungs = (first: number) =>
  Array.from({ length: 12 }, (_, index) => ({
    shortEdgePixels: 2160 - 100 * index,
    constantRateFactor: 22,
    maximumBitrateBitsPerSecond: first - 512_345 * index,
  }));

it('takes three ladders of as many rungs as they may have, and refuses profiles that do not fit into a Lambda function', () => {
  const ladders = [
    ...['h264', 'hevc'].map((codec) => ({ codec, speed: 'fast', rungs: rungs(9_123_456) })),
    { codec: 'av1', speed: 8, rungs: rungs(9_012_345) },
  ];
  expect(parseSettings(ladderWith({ ladders })).faults).toEqual([]);
  const profiles = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [
      `profile-${index}`,
      { ladders: [{ ...h264, rungs: rungs(9_000_000 + index * 7_919) }] },
    ]),
  );
  expect(parseSettings({ profiles }).faults).toEqual([
    expect.stringMatching(/^fyrestream:profiles: must have, with .* at most 3000 characters/),
  ]);
});

it.each([
  [
    'profiles: an unknown field',
    { profiles: { mobile: { crf: 23 } } },
    'fyrestream:profiles.mobile.crf is not a known field',
  ],
  ['profiles: a name', { profiles: { 'Mobile!': {} } }, 'fyrestream:profiles.Mobile!: '],
  [
    'profiles: a field of audio',
    { profiles: { mobile: { audio: { bitrateBitsPerSecond: 1 } } } },
    'fyrestream:profiles.mobile.audio.bitrateBitsPerSecond: ',
  ],
  [
    'profiles: no H.264',
    { profiles: { mobile: { ladders: [{ codec: 'av1', speed: 8, rungs: h264?.rungs }] } } },
    'fyrestream:profiles.mobile.ladders: must contain an h264 ladder',
  ],
  [
    'a rule without its profile',
    { profiles: { mobile: {} }, profileRules: [{ pattern: '*', profile: 'mobil' }] },
    'fyrestream:profileRules.0.profile: must be one of the profiles default, mobile',
  ],
  [
    'the profile default in both forms',
    { ...ladderWith({}), profiles: { default: {} } },
    'fyrestream:ladder: is the short form of fyrestream:profiles.default',
  ],
])('refuses %s with its path', (_case, values, fault) => {
  expect(parseSettings(values).faults).toEqual([expect.stringContaining(fault)]);
});

it('takes profiles beside a ladder, which is that of default', () => {
  const profiles = { mobile: { audio: { bitrateBitsPerSecond: 64_000 } }, late: { priority: 'bulk' } };
  const { settings } = parseSettings({ ...ladderWith({ hdr: 'keep' }), profiles });
  if (settings === null) expect.fail('refused');
  const { ladder, priority } = profileOf('mobile', stackProfilesOf(settings).profiles);
  expect([ladder.hdr, ladder.audio.bitrateBitsPerSecond, priority]).toEqual(['keep', 64_000, null]);
  expect(profilesVariable.parse(packProfiles(settings))).toEqual({
    ...{ ladder: settings.ladder, profiles, profileRules: [] },
  });
});

it('says what to write instead of the webhook settings of release 0.1.0', () => {
  const values = { webhook: { url: 'https://example.com' }, webhookKey: 1234567890123456 };
  expect(parseSettings(values).faults).toEqual([
    expect.stringMatching(/^fyrestream:webhook is replaced by `fyrestream:webhooks`/),
    expect.stringMatching(/^fyrestream:webhookKey is replaced by a secret in Secrets Manager/),
  ]);
});

it.each([
  [{ studio: { url: 'http://example.com/hook' } }, 'fyrestream:webhooks.studio.url: must be https'],
  [{ studio: { url: 'https://example.com:8443/hook' } }, 'fyrestream:webhooks.studio.url: must use port 443'],
  [{ studio: { url: 'https://me:word@example.com' } }, 'fyrestream:webhooks.studio.url: must have no user'],
  [{ studio: { url: 'example.com' } }, 'fyrestream:webhooks.studio.url: '],
  [{ Studio: { url: 'https://example.com' } }, 'fyrestream:webhooks.Studio: '],
  [{ studio: { url: 'https://example.com', kinds: [] } }, 'fyrestream:webhooks.studio.kinds: '],
  [{ studio: { url: 'https://example.com', kinds: ['job-done'] } }, 'fyrestream:webhooks.studio.kinds.0: '],
  [
    { studio: { url: 'https://example.com', key: 'k' } },
    'fyrestream:webhooks.studio.key is not a known field',
  ],
])('refuses the webhook %j and names the field', (webhooks, fault) => {
  expect(parseSettings({ webhooks }).faults).toEqual([expect.stringContaining(fault)]);
});

it('takes endpoints with the kinds that they want, and http on this machine for a local cloud', () => {
  const webhooks = {
    studio: { url: 'https://example.com/hook', kinds: ['job-succeeded', 'job-failed'] },
    here: { url: 'http://127.0.0.1:8080/hook' },
  };
  expect(parseSettings({ webhooks }).settings).toMatchObject({ webhooks });
});
