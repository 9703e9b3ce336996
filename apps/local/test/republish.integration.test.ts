import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ObjectStore } from '@fyrestream/cloud';
import {
  jobIdOf,
  type StableFileName,
  stableFileNames,
  stableKey,
  type Upload,
  versionPrefix,
} from '@fyrestream/events';
import { type JobContext, publishVersion } from '@fyrestream/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { type SignedDownloads, signDownloads } from './players/sign-downloads.ts';
import { publishSmallVersion } from './republish/publish-small-version.ts';
import { makeSmallVersion, token } from './republish/small-version.ts';
import { stableUrl, viewers } from './republish/viewers.ts';
import { createTestDirectory, eventually, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

const groupCount = 4;
const groupSize = 8;
const versionCount = 1 + groupCount * groupSize;
const key = 'videos/news/today.mp4';
/** Viewers and publishers share this process, so viewers pause between reads. */
const pollMilliseconds = 60;
/** Downloads are signed, so any host will do. */
const bucketUrl = 'https://outputs.example';

let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;
let downloads: SignedDownloads;
beforeAll(async () => {
  directory = createTestDirectory();
  cloud = await startLocalCloud({ dataDirectory: join(directory, 'data'), topology: testTopology() });
  pipeline = openPipelineClient(cloud.connection);
  downloads = signDownloads(cloud.connection, pipeline.outputBucket);
});
afterAll(async () => {
  downloads?.close();
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

/** The uploads of a key that is overwritten many times, oldest first. */
const uploads: Upload[] = Array.from({ length: versionCount }, (_, index) => ({
  bucket: 'fyrestream-videos-local',
  key,
  versionId: `version-${index}`,
  etag: 'etag',
  sizeBytes: 1_000,
  sequencer: (0xa00 + index).toString(16).toUpperCase().padStart(6, '0'),
  uploadedAt: '2026-01-02T03:04:05.000Z',
}));
/** The age of a version, by its name in paths. */
const ageOf = new Map(uploads.map((upload, index) => [versionPrefix(jobIdOf(upload), token), index]));

it('shows viewers only complete versions while 33 are published, some late, some in parallel', async () => {
  const outcomes = await publishAll(uploads.slice(0, 1));
  const watchers = stableFileNames.map((fileName) => startWatching(fileName));
  try {
    for (let group = 0; group < groupCount; group++) {
      const begin = 1 + group * groupSize;
      const eight = outOfOrder(uploads.slice(begin, begin + groupSize), begin);
      if (group % 2 === 0) outcomes.push(...(await publishAll(eight)));
      else outcomes.push(...(await publishRacing(eight.slice(0, 4), eight.slice(4))));
      // On a slow machine too, each viewer sees a version of each group.
      await Promise.all(watchers.map((watcher) => watcher.nextRound()));
    }
  } finally {
    for (const watcher of watchers) watcher.stop();
  }
  const seen = await Promise.all(watchers.map((watcher) => watcher.ages));

  expect(outcomes).toHaveLength(versionCount);
  expect(new Set(outcomes)).toEqual(new Set(['published', 'overtaken']));
  for (const ages of seen) {
    // Never back to an older version, and the newest at the end.
    expect(ages).toEqual(ages.toSorted((left, right) => left - right));
    expect(ages.at(-1)).toBe(versionCount - 1);
    expect(new Set(ages).size).toBeGreaterThan(groupCount);
  }
});

it('removes the poster of a video that an audio file replaces', async () => {
  const address = { bucket: pipeline.outputBucket, key: stableKey('videos/anthem.mp4', 'poster.jpg') };
  const [film, audio] = uploads.slice(0, 2).map((upload) => ({ ...upload, key: 'videos/anthem.mp4' }));
  if (film === undefined || audio === undefined) expect.unreachable('there are two uploads');
  expect(await publish(film)).toBe('published');
  expect(await pipeline.store.readText(address)).toContain(jobIdOf(film));

  const { job, presentation, outputs } = makeSmallVersion(audio);
  const work = {
    ...{ job, ledger: pipeline.ledger, store: pipeline.store },
    settings: { outputBucket: pipeline.outputBucket },
  } as JobContext;
  await pipeline.ledger.recordUpload(audio);
  await publishVersion(work, presentation, { ...outputs, posterKey: null }, token);
  expect(await pipeline.store.readText(address)).not.toContain(jobIdOf(film));
  expect(await pipeline.store.readText(address)).toContain(versionPrefix(jobIdOf(audio), token));
});

async function publishAll(some: Upload[]): Promise<string[]> {
  const outcomes: string[] = [];
  for (const upload of some) outcomes.push(await publish(upload));
  return outcomes;
}

/**
 * Two parallel publishers, one of them delayed: between its read and its write of a stable file, the other one publishes.
 */
async function publishRacing(swift: Upload[], slow: Upload[]): Promise<string[]> {
  const passed = swift.map(() => Promise.withResolvers<void>());
  const bySwift = async () => {
    const outcomes: string[] = [];
    for (const [index, upload] of swift.entries()) {
      outcomes.push(await publish(upload).finally(() => passed[index]?.resolve()));
    }
    return outcomes;
  };
  const bySlow = async () => {
    const outcomes: string[] = [];
    for (const [index, upload] of slow.entries()) {
      const heldUpAt = stableFileNames[index % stableFileNames.length];
      const pause: Pause = async (fileName) => {
        if (fileName === heldUpAt) await passed[index]?.promise;
      };
      outcomes.push(await publish(upload, pause));
    }
    return outcomes;
  };
  return (await Promise.all([bySwift(), bySlow()])).flat();
}

function publish(upload: Upload, pause: Pause = async () => {}): Promise<string> {
  return publishSmallVersion(pipeline, upload, pausing(pipeline.store, pause));
}

/** Called before a stable file is written. */
type Pause = (fileName: StableFileName) => Promise<void>;

function pausing(store: ObjectStore, pause: Pause): ObjectStore {
  return {
    ...store,
    async put(address, ...write) {
      const fileName = stableFileNames.find((name) => address.key === stableKey(key, name));
      if (fileName) await pause(fileName);
      return store.put(address, ...write);
    },
  };
}

interface Watcher {
  /** The ages of the versions in the order of reading. Resolves after `stop`. */
  readonly ages: Promise<number[]>;
  /** Resolves after a round that started after this call. */
  nextRound(): Promise<void>;
  /** Ends after one more round. */
  stop(): void;
}

/** Reads the version that a stable file names repeatedly. */
function startWatching(fileName: StableFileName): Watcher {
  let isStopped = false;
  let rounds = 0;
  const watch = async () => {
    const ages: number[] = [];
    for (let isLast = false; !isLast; ) {
      isLast = isStopped;
      const versions = await viewers[fileName](stableUrl(bucketUrl, key, fileName), fetchSigned);
      expect(versions.size).toBe(1);
      ages.push(...[...versions].map((version) => ageOf.get(version) ?? Number.NaN));
      rounds += 1;
      await setTimeout(pollMilliseconds);
    }
    return ages;
  };
  const ages = watch();
  return {
    ages,
    async nextRound() {
      // The current round may have started before the call.
      const target = rounds + 2;
      await Promise.race([ages, eventually(() => rounds >= target || isStopped || undefined)]);
    },
    stop() {
      isStopped = true;
    },
  };
}

async function fetchSigned(url: URL): Promise<string> {
  const response = await fetch(await downloads.urlOf(decodeURIComponent(url.pathname.slice(1))));
  const text = await response.text();
  expect(`${response.status} ${url}`).toBe(`200 ${url}`);
  return text;
}

/** The same shuffled order at each run. */
function outOfOrder(some: Upload[], seed: number): Upload[] {
  return some.toSorted((left, right) => rank(left, seed) - rank(right, seed));
}

function rank({ versionId }: Upload, seed: number): number {
  return (Number(versionId?.slice('version-'.length)) * 7 + seed * 5) % 11;
}
