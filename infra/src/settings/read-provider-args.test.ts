import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { readProviderArgs } from './read-provider-args.ts';

const tags = { project: 'fyrestream' };

it("passes the user's profile, role and endpoints to the provider instead of dropping them", () => {
  const config = {
    region: 'eu-central-1',
    profile: 'video',
    assumeRoles: '[{"roleArn":"arn:aws:iam::123456789012:role/deploy"}]',
    allowedAccountIds: '["123456789012"]',
    endpoints: '[{"s3":"http://localhost:4566"}]',
    s3UsePathStyle: 'true',
    maxRetries: '3',
  };
  expect(readProviderArgs(config, tags)).toEqual({
    profile: 'video',
    assumeRoles: [{ roleArn: 'arn:aws:iam::123456789012:role/deploy' }],
    allowedAccountIds: ['123456789012'],
    endpoints: [{ s3: 'http://localhost:4566' }],
    s3UsePathStyle: true,
    maxRetries: 3,
    defaultTags: { tags },
  });
});

it("adds the stack's tags to the user's and keeps its own, by which the budget finds its resources", () => {
  const defaultTags = '{"tags":{"team":"video","project":"another"}}';
  expect(readProviderArgs({ defaultTags }, tags).defaultTags).toEqual({
    tags: { team: 'video', project: 'fyrestream' },
  });
});

it('keeps a text that looks like a number', () => {
  expect(readProviderArgs({ profile: '2026', secretKey: '1e3' }, tags)).toMatchObject({
    profile: '2026',
    secretKey: '1e3',
  });
});

it.each([
  [{ profle: 'video' }, 'aws:profle is not a known setting'],
  // The name of earlier releases of the provider.
  [{ assumeRole: '{}' }, 'aws:assumeRole is not a known setting'],
  [{ assumeRoles: '{}' }, 'aws:assumeRoles: '],
  [{ allowedAccountIds: '[123456789012]' }, 'aws:allowedAccountIds.0: '],
  [{ insecure: 'yes' }, 'aws:insecure: '],
])('refuses %j and names the setting', (config, message) => {
  expect(() => readProviderArgs(config, tags)).toThrow(message);
});

it('knows every setting that the provider of this release reads', () => {
  const file = createRequire(import.meta.url).resolve('@pulumi/aws/config/vars.js');
  const names = [...readFileSync(file, 'utf8').matchAll(/__config\.get(?:Object)?\("(\w+)"\)/g)];
  const unknown = names
    .map(([, name = '']) => name)
    .filter((name) => {
      try {
        readProviderArgs({ [name]: '' }, tags);
        return false;
      } catch (error) {
        return String(error).includes(`aws:${name} is not a known setting`);
      }
    });
  expect(names.length).toBeGreaterThan(30);
  expect(unknown).toEqual([]);
});
