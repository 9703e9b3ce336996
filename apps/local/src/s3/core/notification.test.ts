import { describe, expect, it } from 'vitest';
import { encodeFormKey } from './form-encoded-key.ts';
import { notificationMessage } from './notification-message.ts';
import { findRuleProblem, matchingRules, type NotificationRule } from './notification-rule.ts';
import { createVersionId, formatSequencer, nextSequence } from './version-id.ts';

function rule(changes: Partial<NotificationRule> = {}): NotificationRule {
  return {
    id: 'one',
    queueArn: 'q',
    events: ['s3:ObjectCreated:*'],
    prefix: 'videos/',
    suffix: '',
    ...changes,
  };
}

describe('matchingRules', () => {
  it.each([
    ['ObjectCreated:Put', 'videos/a', true],
    ['ObjectCreated:CompleteMultipartUpload', 'videos/', true],
    ['ObjectRemoved:Delete', 'videos/a', false],
    ['ObjectCreated:Put', 'video', false],
  ] as const)('%s of %s: %s', (event, key, matches) => {
    expect(matchingRules([rule()], event, key)).toHaveLength(matches ? 1 : 0);
  });

  it('matches the suffix of the key', () => {
    const rules = [rule({ suffix: '.mov' })];
    expect(matchingRules(rules, 'ObjectCreated:Put', 'videos/a.mov')).toHaveLength(1);
    expect(matchingRules(rules, 'ObjectCreated:Put', 'videos/a.mp4')).toHaveLength(0);
  });
});

describe('findRuleProblem', () => {
  it.each([
    ['rules with different prefixes', [rule(), rule({ prefix: 'images/' })], false],
    ['rules with different suffixes', [rule({ suffix: '.a' }), rule({ suffix: '.b' })], false],
    ['rules with different events', [rule(), rule({ events: ['s3:ObjectRemoved:*'] })], false],
    ['overlapping rules', [rule(), rule({ prefix: 'videos/a', events: ['s3:ObjectCreated:Put'] })], true],
    ['an unknown event', [rule({ events: ['s3:ObjectRestore:*'] })], true],
    ['no event', [rule({ events: [] })], true],
  ])('checks %s', (_name, rules, refused) => {
    expect(findRuleProblem(rules) !== undefined).toBe(refused);
  });
});

describe('notificationMessage', () => {
  const version = {
    key: 'videos/a b.mov',
    versionId: 'null',
    sequence: 1_795_000_000_000_000,
    kind: 'object',
    eTag: 'abc',
    sizeBytes: 3,
    lastModifiedMillis: 0,
  } as const;
  const facts = {
    region: 'eu-central-1',
    bucket: 'b',
    configurationId: 'c',
    version,
    eventMillis: 0,
    principalId: 'p',
    sourceIpAddress: '127.0.0.1',
    requestId: 'r',
  };
  const objectOf = (event: Parameters<typeof notificationMessage>[0]['event'], changes = {}) =>
    JSON.parse(notificationMessage({ ...facts, event, version: { ...version, ...changes } })).Records[0].s3
      .object;

  it('omits the version id where there is none', () => {
    expect(objectOf('ObjectCreated:Put')).toEqual({
      key: 'videos/a+b.mov',
      size: 3,
      eTag: 'abc',
      sequencer: '000006608B015F3000',
    });
    expect(objectOf('ObjectCreated:Put', { versionId: '1' })).toMatchObject({ versionId: '1' });
  });

  it('omits the size and ETag of removed objects', () => {
    expect(objectOf('ObjectRemoved:Delete')).toEqual({
      key: 'videos/a+b.mov',
      sequencer: '000006608B015F3000',
    });
  });
});

describe('encodeFormKey', () => {
  it.each([
    ['a b', 'a+b'],
    ['a+b', 'a%2Bb'],
    ['a%20b', 'a%2520b'],
    ['a/b//c', 'a/b//c'],
    ['é', '%C3%A9'],
    ["'(~!*)'", '%27%28%7E%21*%29%27'],
  ])('%s → %s', (key, encoded) => {
    expect(encodeFormKey(key)).toBe(encoded);
  });
});

describe('sequences', () => {
  it('increase even where the clock does not advance', () => {
    const first = nextSequence(0, 1_000_000);
    const second = nextSequence(first, 1_000_000);
    const third = nextSequence(second, 999_000);
    expect([first, second, third]).toEqual([1_000_000_000, 1_000_000_001, 1_000_000_002]);
    expect([first, second, third].map(formatSequencer)).toEqual(
      [...[first, second, third].map(formatSequencer)].sort(),
    );
  });

  it('create version ids that sort by age', () => {
    const ids = [1, 31, 32, 1e15, Number.MAX_SAFE_INTEGER].map((sequence) =>
      createVersionId('Enabled', sequence, new Uint8Array(21).fill(sequence % 256)),
    );
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids.map((id) => id.length))).toEqual(new Set([32]));
    expect(createVersionId('Suspended', 1, new Uint8Array(21))).toBe('null');
  });
});
