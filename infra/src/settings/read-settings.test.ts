import { defaultLadderConfig } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { readSettings } from './read-settings.ts';

const upscaling = structuredClone(defaultLadderConfig);
upscaling.ladders[0]?.rungs.reverse();

describe('readSettings', () => {
  it('has a default for every setting', () => {
    expect(readSettings({})).toMatchObject({
      ladder: defaultLadderConfig,
      nat: 'single',
      spot: true,
      keepDataOnDestroy: true,
      delivery: { mode: 'off' },
    });
  });

  it('parses the strings that Pulumi passes', () => {
    const settings = readSettings({
      spot: 'false',
      costLimitUsd: '2.5',
      nat: 'none',
      tags: '{"team":"video"}',
    });
    expect(settings).toMatchObject({ spot: false, costLimitUsd: 2.5, nat: 'none', tags: { team: 'video' } });
  });

  it('keeps names and tags that look like numbers or JSON as text', () => {
    const settings = readSettings({ sourceBucketName: '20261130', tags: '{"year":2026,"shared":true}' });
    expect(settings).toMatchObject({
      sourceBucketName: '20261130',
      tags: { year: '2026', shared: 'true' },
    });
  });

  it.each([
    [{ nat: 'two' }, 'fyrestream:nat: '],
    [{ natt: 'none' }, 'fyrestream:natt is not a known setting'],
    [{ availabilityZones: '4' }, 'fyrestream:availabilityZones: '],
    [{ spot: 'yes' }, 'fyrestream:spot: '],
    [{ alertEmail: 'nobody' }, 'fyrestream:alertEmail: '],
    [{ logRetentionDays: '31' }, 'fyrestream:logRetentionDays: '],
    [{ costLimitUsd: '0' }, 'fyrestream:costLimitUsd: '],
    [{ pollerConcurrency: '1' }, 'fyrestream:pollerConcurrency: '],
    [{ delivery: '{"mode":"signed"}' }, 'fyrestream:delivery.mode: '],
    [{ sourceBucketName: 'Videos' }, 'fyrestream:sourceBucketName: must be a bucket name'],
    [
      { sourceBucketName: 'one-bucket', outputBucketName: 'one-bucket' },
      'fyrestream:outputBucketName: must differ from the source bucket',
    ],
    [
      { taskSize: '{"cpuUnits":4096,"memoryMiB":7168,"ephemeralStorageGiB":21}' },
      'fyrestream:taskSize: Fargate has no 7168 MiB with 4096 CPU units: choose one of 8192, 9216, ',
    ],
    [
      { taskSize: '{"cpuUnits":3072,"memoryMiB":8192,"ephemeralStorageGiB":21}' },
      'fyrestream:taskSize: Fargate has no 3072 CPU units: choose one of 256, 512, 1024, 2048, 4096, 8192, 16384',
    ],
    [{ ladder: JSON.stringify(upscaling) }, 'fyrestream:ladder.ladders.0.rungs.1.shortEdgePixels: '],
    [{ image: '{"debian":"debian"}' }, 'fyrestream:image.debian: must be an image with a tag'],
    [{ ladder: '{"version":2}' }, 'fyrestream:ladder.version: '],
    [{ webhook: '{"url":"https://example.com"}' }, 'fyrestream:webhook is replaced by `fyrestream:webhooks`'],
    [{ webhookKey: '1234567890123456' }, 'fyrestream:webhookKey is replaced by a secret'],
    [{ webhooks: '{"a":{"url":"http://example.com"}}' }, 'fyrestream:webhooks.a.url: must be https'],
    [
      { webhooks: '{"a":{"url":"http://127.0.0.1:8080"}}' },
      'fyrestream:webhooks.a.url: must be a public address',
    ],
    [
      { webhooks: '{"a":{"url":"https://localhost/"}}' },
      'fyrestream:webhooks.a.url: must be a public address',
    ],
  ])('refuses %j and names the setting', (config, message) => {
    expect(() => readSettings(config)).toThrow(message);
  });

  it('reports all invalid settings at once', () => {
    expect(() => readSettings({ nat: 'two', sweepMinutes: '0' })).toThrow(/nat.*\n.*sweepMinutes/);
  });
});
