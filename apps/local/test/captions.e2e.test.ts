import { join } from 'node:path';
import { certificateFileName, type JobRecord, stableKey } from '@fyrestream/events';
import type { Certificate } from '@fyrestream/media';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeClip } from './pipeline/make-clip.ts';
import { openTestCloud, type TestCloud } from './pipeline/open-test-cloud.ts';
import { createTestDirectory, removeTestDirectory } from './test-service-gateway.ts';

const srt = (text: string) => `1\n00:00:00,500 --> 00:00:01,500\n${text}\n`;
const ttml = (text: string) =>
  `<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="0.5s" end="1.5s">${text}</p></div></body></tt>`;

const captionFiles: Record<string, Buffer> = {
  'a trip.de-AT.srt': Buffer.from(`\ufeff${srt('Grüß Gott')}`, 'utf16le'),
  'a trip.en.forced.srt': Buffer.from(srt('A sign')),
  'a trip.en.sdh.vtt': Buffer.from('WEBVTT\n\n00:00.500 --> 00:01.500\n[music]\n'),
  'a trip.english.srt': Buffer.from(srt('unclear')),
  'a trip.es.srt': Buffer.from(srt('¿Qué tal, señor?'), 'latin1'),
  'a trip.fr.ttml': Buffer.from(ttml('Ça va')),
  'a trip.ja.ttml': Buffer.from(ttml('cut off').slice(0, -10)),
  'a trip.srt': Buffer.from(`${srt('no language')}\n2\n00:10:00,000 --> 00:10:01,000\nlate\n`),
};
/** In the order of their names, as they are published. */
const published = [
  { language: 'de-AT', name: 'Österreichisches Deutsch', text: 'Grüß Gott' },
  { language: 'en', name: 'English (forced)', text: 'A sign' },
  { language: 'en', name: 'English (SDH)', text: '[music]' },
  { language: 'es', name: 'español', text: '¿Qué tal, señor?' },
  { language: 'fr', name: 'français', text: 'Ça va' },
  { language: null, name: 'Subtitles', text: 'no language' },
];

let directory: string;
let test: TestCloud;
/** Of the same captions: one with audio, one without. */
let jobs: JobRecord[];

beforeAll(async () => {
  directory = createTestDirectory();
  test = await openTestCloud();
  const { pipeline } = test;
  const headers = { contentType: 'application/octet-stream', cacheControl: 'no-store' };
  for (const [name, bytes] of Object.entries(captionFiles)) {
    await pipeline.store.put({ bucket: pipeline.sourceBucket, key: `videos/${name}` }, bytes, headers);
  }
  const clips = await Promise.all([
    makeClip(join(directory, 'a.mov'), { size: '256x144' }),
    makeClip(join(directory, 'a.mp4'), { size: '256x144', audio: false }),
  ]);
  const uploads = await Promise.all([
    pipeline.upload('videos/a trip.mov', clips[0]),
    pipeline.upload('videos/a trip.mp4', clips[1]),
  ]);
  jobs = await Promise.all(uploads.map(({ jobId }) => pipeline.settled(jobId)));
});
afterAll(async () => {
  await test?.close();
  removeTestDirectory(directory);
});

const read = (key: string) => test.pipeline.store.readText({ bucket: test.pipeline.outputBucket, key });

async function certificateOf({ outputs }: JobRecord): Promise<Certificate> {
  return JSON.parse(await read(`${outputs?.prefix}${certificateFileName}`));
}

it.each([0, 1])(
  'publishes every caption file beside the video, of two videos with one name (%d)',
  async (index) => {
    const job = jobs[index] as JobRecord;
    expect(job).toMatchObject({ status: 'succeeded', reason: null });
    const { plan, source, files } = await certificateOf(job);
    expect(plan.subtitles.map(({ language, name }) => ({ language, name }))).toEqual(
      published.map(({ language, name }) => ({ language, name })),
    );
    for (const [position, { text }] of published.entries()) {
      const path = `subtitles-${position + 1}/subtitles.vtt`;
      expect(files.map((file) => file.path)).toContain(path);
      const webVtt = await read(`${job.outputs?.prefix}${path}`);
      expect(webVtt).toBe(
        `WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n00:00.500 --> 00:01.500\n${text}\n`,
      );
    }
    expect(source.subtitles.map(({ cueCount }) => cueCount)).toEqual(published.map(() => 1));
  },
);

it('names in the playlist and the manifest which captions are forced, and which are for people who do not hear', async () => {
  const key = jobs[0]?.upload.key ?? '';
  const master = await read(stableKey(key, 'master.m3u8'));
  const lines = master.split('\n').filter((line) => line.includes('TYPE=SUBTITLES'));
  expect(lines).toHaveLength(published.length);
  expect(lines.filter((line) => line.includes('FORCED=YES'))).toEqual([
    expect.stringMatching(/NAME="English \(forced\)",LANGUAGE="en".*subtitles-2\/index\.m3u8/),
  ]);
  expect(lines.filter((line) => line.includes('CHARACTERISTICS='))).toEqual([
    expect.stringMatching(/NAME="English \(SDH\)",LANGUAGE="en".*transcribes-spoken-dialog/),
  ]);
  const manifest = await read(stableKey(key, 'manifest.mpd'));
  const sets = manifest.split('<AdaptationSet').filter((set) => set.includes('contentType="text"'));
  expect(sets.map((set) => /<Role [^>]*value="([^"]+)"/.exec(set)?.[1])).toEqual([
    ...['subtitle', 'forced-subtitle', 'caption', 'subtitle', 'subtitle', 'subtitle'],
  ]);
});

it('says which caption files are not used and why, and which version of each was there', async () => {
  const [job] = jobs;
  if (job === undefined) return;
  const captions = job.outputs?.leftOut.filter(({ kind }) => kind === 'captions').map(({ why }) => why);
  expect(captions).toEqual([
    expect.stringMatching(/^a trip\.english\.srt: not used: what its name says .* \(english\)$/),
    'a trip.ja.ttml: not used: it is not well-formed XML (line 1)',
    'a trip.srt: cues that begin after the end of the video: 1',
  ]);
  const { plan } = await certificateOf(job);
  const { store, sourceBucket } = test.pipeline;
  for (const { key, versionId, etag, sizeBytes } of plan.captionFiles) {
    expect(await store.head({ bucket: sourceBucket, key })).toMatchObject({ versionId, etag, sizeBytes });
  }
  expect(plan.captionFiles.map(({ key }) => key).toSorted()).toEqual(
    Object.keys(captionFiles).map((name) => `videos/${name}`),
  );
});

it('makes no job of a caption file', async () => {
  for (const name of Object.keys(captionFiles)) {
    expect(await test.pipeline.ledger.readOutput(`videos/${name}`)).toBeNull();
  }
  expect(await test.pipeline.log('poller')).toContain('sidecar');
});
