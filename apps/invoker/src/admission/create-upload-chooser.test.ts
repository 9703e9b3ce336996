import type { ObjectFacts, ObjectStore } from '@fyrestream/cloud';
import { defaultLadderConfig, FyrestreamError, stackProfilesOf } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { uploadOf } from '../../test/open-test-invoker.ts';
import { createUploadChooser } from './create-upload-chooser.ts';

const profiles = stackProfilesOf({
  ladder: defaultLadderConfig,
  profiles: { mobile: { priority: 'bulk' } },
  profileRules: [{ pattern: 'clips/*', profile: 'mobile' }],
});

interface Objects {
  readonly metadata?: Record<string, string>;
  /** Null if the upload was deleted: its version stays. */
  readonly current?: null;
  readonly sidecar?: string;
}

/** A bucket with an upload and its sidecar. */
function bucketWith({ metadata = {}, current, sidecar }: Objects) {
  const requests: string[] = [];
  const facts = (sizeBytes: number): ObjectFacts => ({
    ...{ sizeBytes, etag: 'etag', versionId: '1', lastModified: '2026-01-02T03:04:05.000Z', metadata },
  });
  const store: Pick<ObjectStore, 'head' | 'readRange'> = {
    async head({ key, versionId }) {
      requests.push(`head ${key}`);
      if (!key.endsWith('.json')) return current === null && !versionId ? null : facts(1_000);
      return sidecar === undefined ? null : facts(Buffer.byteLength(sidecar));
    },
    async readRange({ key }, start, end) {
      requests.push(`read ${key}`);
      return Buffer.from(sidecar ?? '').subarray(start, end + 1);
    },
  };
  return { store, requests };
}

const choose = (key: string, objects: Objects = {}) =>
  createUploadChooser(bucketWith(objects).store, profiles)(uploadOf(key));

it('chooses by metadata, sidecar, rule and default, in this order', async () => {
  const metadata = { 'fyrestream-profile': 'default' };
  const sidecar = '{"profile":"mobile","options":{"title":"Harbour"}}';
  const options = { title: 'Harbour' };
  expect(await choose('videos/clips/a.mov', { metadata, sidecar })).toMatchObject({
    making: { profile: 'default', from: 'metadata', options },
  });
  expect(await choose('videos/a.mov', { sidecar })).toMatchObject({
    ...{ making: { profile: 'mobile', from: 'sidecar', options, priority: 'bulk' } },
    object: { sizeBytes: 1_000 },
  });
  expect(await choose('videos/clips/a.mov')).toMatchObject({
    making: { profile: 'mobile', from: 'rule', options: {} },
  });
  expect(await choose('videos/a.mov')).toMatchObject({ making: { profile: 'default', from: 'default' } });
});

it('does not look for a sidecar that has nothing to say, or whose key would be too long', async () => {
  const metadata = { 'fyrestream-profile': 'mobile', 'fyrestream-options': '{}' };
  const complete = bucketWith({ metadata });
  await createUploadChooser(complete.store, profiles)(uploadOf('videos/a.mov'));
  const long = bucketWith({});
  await createUploadChooser(long.store, profiles)(uploadOf(`videos/${'n'.repeat(1_002)}`));
  expect([...complete.requests, ...long.requests].filter((request) => request.includes('.json'))).toEqual([]);
});

it.each([
  ['an unknown profile', { metadata: { 'fyrestream-profile': 'mobil' } }, 'profile-unknown', /mobil/],
  [
    'an option that is unknown',
    { sidecar: '{"options":{"titel":"x"}}' },
    'options-invalid',
    /options\.titel/,
  ],
  ['an empty sidecar', { sidecar: '' }, 'options-invalid', /is no JSON/],
  ['a sidecar of many bytes', { sidecar: ' '.repeat(100_000) }, 'options-invalid', /more than 65536 bytes/],
  ['a deleted upload', { current: null }, 'object-missing', /was deleted before it could be read/],
])('F07 refuses %s', async (_case, objects, code, message) => {
  expect(await choose('videos/a.mov', objects)).toEqual({
    refusal: { code, message: expect.stringMatching(message), retryable: false },
  });
});

it('throws what may pass', async () => {
  const head = async () => {
    throw new FyrestreamError({ code: 'service-throttled', message: 'Slow down.', retryable: true });
  };
  const failing = createUploadChooser({ ...bucketWith({}).store, head }, profiles);
  await expect(failing(uploadOf('videos/a.mov'))).rejects.toMatchObject({ code: 'service-throttled' });
});
