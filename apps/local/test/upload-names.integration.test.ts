import { join } from 'node:path';
import {
  jobIdOf,
  type StableFileName,
  stableFileNames,
  type Upload,
  versionPrefix,
} from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestCloud, type TestCloud } from './pipeline/open-test-cloud.ts';
import type { PipelineClient } from './pipeline/pipeline-client.ts';
import { servePublished, type WebServer } from './players/serve-published.ts';
import { publishSmallVersion } from './republish/publish-small-version.ts';
import { token } from './republish/small-version.ts';
import { stableUrl, viewers } from './republish/viewers.ts';

/**
 * Names of uploads through a real bucket and real HTTP. Viewers use the URL parser of the platform, as browsers do. What is
 * published is made by hand: no media are encoded here.
 */
let test: TestCloud;
let pipeline: PipelineClient;
let published: WebServer;
beforeAll(async () => {
  test = await openTestCloud();
  ({ pipeline } = test);
  published = await servePublished(test.cloud.connection, pipeline.outputBucket);
});
afterAll(async () => {
  await published?.close();
  await test?.close();
});

const uploadOf = (key: string): Upload => ({
  ...{ bucket: 'fyrestream-videos-local', key, versionId: 'v1', etag: 'e', sizeBytes: 1_000 },
  ...{ sequencer: '0A', uploadedAt: '2026-01-02T03:04:05.000Z' },
});

async function fetchText(url: URL): Promise<string> {
  const response = await fetch(url);
  const text = await response.text();
  expect(`${response.status} ${url}`).toBe(`200 ${url}`);
  return text;
}

/** The versions that the viewers of an upload meet, from each of its stable files. */
async function seenBy(key: string): Promise<Record<StableFileName, string[]>> {
  const seen = stableFileNames.map(async (name) => {
    const versions = await viewers[name](stableUrl(published.url, key, name), fetchText);
    return [name, [...versions].map((body) => /versions\/[a-z2-7]{26}\/\d+\//.exec(body)?.[0] ?? body)];
  });
  return Object.fromEntries(await Promise.all(seen));
}

const onlyVersionOf = (upload: Upload) =>
  Object.fromEntries(stableFileNames.map((name) => [name, [versionPrefix(jobIdOf(upload), token)]]));

it.each([
  ['backslashes', 'C:\\film\\..\\a.mp4'],
  ['percent signs', '%2e%2e/%2F/100%25.mp4'],
  ['reserved characters', "a?b#c=d&e;f@g:h,i$j!k'l(m)n*o+p.mp4"],
  ['spaces and dashes', ' leading and trailing /-rf .mp4'],
  ['a scheme', 'http:/example.com/a.mp4'],
  ['composed and decomposed accents and a change of direction', '🎬/e\u0301/\u00e9/\u202egpm.mp4'],
  ['quotes and brackets', '"<>^`{|}~[].mp4'],
  ['dots', '.../..a/a...mp4'],
  ['the maximum length', 'n'.repeat(1_003)],
])('an upload whose name has %s plays under its URL, encoded once', async (_, path) => {
  const upload = uploadOf(`videos/${path}`);
  expect(await publishSmallVersion(pipeline, upload)).toBe('published');
  expect(await seenBy(upload.key)).toEqual(onlyVersionOf(upload));
});

it('F74 viewers of an upload get every byte of it, whatever the names of other uploads', async () => {
  const victim = uploadOf('videos/victim.mp4');
  const jobId = jobIdOf(victim);
  const attackers = [
    `videos/victim.mp4/${jobId}/${token}`,
    `videos/victim.mp4/${jobId}/${token}/h264-240`,
    ...stableFileNames.map((name) => `videos/victim.mp4/${name}`),
    `videos/versions/${jobId}/${token}`,
    'videos/Victim.mp4',
    'videos/victim.mp4 ',
    'videos/victim%2Emp4',
    'videos/..\\victim.mp4',
  ].map(uploadOf);
  expect(await publishSmallVersion(pipeline, victim)).toBe('published');
  for (const attacker of attackers) expect(await publishSmallVersion(pipeline, attacker)).toBe('published');
  expect(await seenBy(victim.key)).toEqual(onlyVersionOf(victim));
  for (const attacker of attackers) expect(await seenBy(attacker.key)).toEqual(onlyVersionOf(attacker));
});

it('an upload whose name no URL can contain fails with a reason, and starts no task', async () => {
  const paths = ['a/../b.mp4', './a.mp4', 'a//b.mp4', 'c.mp4/', 'd/..', 'e\n\u001b[2J\0.mp4', 'f\u0085.mp4'];
  const file = join(import.meta.dirname, 'test-service-gateway.ts');
  for (const path of paths) {
    const { jobId, upload } = await pipeline.upload(`videos/${path}`, file);
    expect(upload.key).toBe(`videos/${path}`);
    const job = await pipeline.settled(jobId);
    expect(job).toMatchObject({ status: 'failed', reason: { code: 'key-not-supported', retryable: false } });
  }
  expect(await pipeline.messagesIn('uploads-dead')).toBe(0);
});
