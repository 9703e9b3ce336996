import { type ObjectStore, removeStableFiles } from '@fyrestream/cloud';
import {
  jobIdOf,
  type StableFileName,
  stableFileNames,
  stableKey,
  stablePrefix,
  type Upload,
  versionPrefix,
} from '@fyrestream/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalCloud } from '../src/start-local-cloud.ts';
import { openTestCloud, type TestCloud } from './pipeline/open-test-cloud.ts';
import type { PipelineClient } from './pipeline/pipeline-client.ts';
import { openInvoker } from './republish/open-invoker.ts';
import { publishSmallVersion } from './republish/publish-small-version.ts';
import { token } from './republish/small-version.ts';

let test: TestCloud;
let cloud: LocalCloud;
let pipeline: PipelineClient;
beforeAll(async () => {
  test = await openTestCloud();
  ({ cloud, pipeline } = test);
});
afterAll(() => test?.close());

const uploadOf = (key: string, version: number): Upload => ({
  ...{ bucket: 'fyrestream-videos-local', key, versionId: `v${version}`, etag: 'e', sizeBytes: 1_000 },
  ...{ sequencer: `0${version}`, uploadedAt: '2026-01-02T03:04:05.000Z' },
});
const deletionOf = ({ key, sequencer, uploadedAt, ...upload }: Upload) => ({
  sourceKey: key,
  version: { jobId: jobIdOf({ key, ...upload }), order: { sequencer, uploadedAt } },
  includesOlder: true,
});
const record = (upload: Upload) =>
  pipeline.ledger.recordDeletion(deletionOf(upload), new Set([jobIdOf(upload)]));
const removeStable = ({ key }: Upload, store = pipeline.store) =>
  removeStableFiles({ ledger: pipeline.ledger, store }, pipeline.outputBucket, key);
const sweep = () =>
  openInvoker(cloud, pipeline, { days: 0, oldVersionRetentionDays: 7 })({ kind: 'sweep-requested' });
const filesOf = (upload: Upload) => pipeline.listOutputs(versionPrefix(jobIdOf(upload), token));
/** The versions that the stable files of a key name. */
async function namedBy({ key }: Upload): Promise<string[]> {
  const files = await pipeline.listOutputs(stablePrefix(key));
  const texts = files.map((file) => pipeline.store.readText({ bucket: pipeline.outputBucket, key: file }));
  return (await Promise.all(texts)).map((text) => /versions\/[a-z2-7]{26}\/\d+\//.exec(text)?.[0] ?? text);
}

/** A store that reports before it calls a method for a stable file, and waits. */
function pausing(method: 'put' | 'removeUnchanged', key: string) {
  const reached = Promise.withResolvers<void>();
  const resumed = Promise.withResolvers<void>();
  const store: ObjectStore = {
    ...pipeline.store,
    [method]: async (...call: [{ bucket: string; key: string }, never, never, never]) => {
      if (call[0].key === key) {
        reached.resolve();
        await resumed.promise;
      }
      return pipeline.store[method](...call);
    },
  };
  return { store, reached: reached.promise, resume: resumed.resolve };
}

it('removes stable files first; the sweep removes the version only after them, also if the deletion was interrupted', async () => {
  const upload = uploadOf('videos/taken-down.mp4', 1);
  expect(await publishSmallVersion(pipeline, upload)).toBe('published');
  await record(upload);
  await sweep();
  const files = await filesOf(upload);
  expect(files.length).toBeGreaterThan(4);
  expect(await namedBy(upload)).toHaveLength(stableFileNames.length);

  await record(upload);
  expect(await removeStable(upload)).toBe(true);
  expect(await namedBy(upload)).toEqual([]);
  await sweep();
  expect(await filesOf(upload)).toEqual(files);

  expect(await removeStable(upload)).toBe(true);
  await pipeline.ledger.recordUnpublished(deletionOf(upload));
  await sweep();
  expect(await filesOf(upload)).toEqual([]);
  expect((await pipeline.ledger.readOutput(upload.key))?.retired).toEqual([]);
  // A worker that comes late publishes nothing any more.
  expect(await publishSmallVersion(pipeline, upload)).toBe('overtaken');
  expect(await namedBy(upload)).toEqual([]);
});

describe.each(stableFileNames)(
  'beside the publication of a newer version, at %s',
  (fileName: StableFileName) => {
    it('a publication that read the file before its removal publishes the newer version', async () => {
      const [old, newer] = [1, 2].map((version) => uploadOf(`videos/late-${fileName}.mp4`, version)) as [
        Upload,
        Upload,
      ];
      await publishSmallVersion(pipeline, old);
      const paused = pausing('put', stableKey(old.key, fileName));
      const publication = publishSmallVersion(pipeline, newer, paused.store);
      await paused.reached;
      await record(old);
      await removeStable(old);
      await pipeline.ledger.recordUnpublished(deletionOf(old));
      paused.resume();
      expect(await publication).toBe('published');
      await expectOnly(newer, old);
    });

    it('a deletion that read the file before its replacement keeps the newer version', async () => {
      const [old, newer] = [1, 2].map((version) => uploadOf(`videos/early-${fileName}.mp4`, version)) as [
        Upload,
        Upload,
      ];
      await publishSmallVersion(pipeline, old);
      await record(old);
      const paused = pausing('removeUnchanged', stableKey(old.key, fileName));
      const removal = removeStable(old, paused.store);
      await paused.reached;
      expect(await publishSmallVersion(pipeline, newer)).toBe('published');
      paused.resume();
      expect(await removal).toBe(false);
      await pipeline.ledger.recordUnpublished(deletionOf(old));
      await expectOnly(newer, old);
    });
  },
);

/** After a sweep, all stable files name one version, which is complete, and nothing is left of the other. */
async function expectOnly(newer: Upload, old: Upload): Promise<void> {
  const before = await filesOf(newer);
  await sweep();
  expect(await namedBy(newer)).toEqual(stableFileNames.map(() => versionPrefix(jobIdOf(newer), token)));
  expect(await filesOf(newer)).toEqual(before);
  expect(before.length).toBeGreaterThan(4);
  expect(await filesOf(old)).toEqual([]);
}
