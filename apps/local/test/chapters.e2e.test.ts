import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { certificateFileName, type JobRecord, stableKey, versionUri } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeClip } from './pipeline/make-clip.ts';
import { openTestCloud, type TestCloud } from './pipeline/open-test-cloud.ts';
import { createTestDirectory, removeTestDirectory } from './test-service-gateway.ts';

const run = promisify(execFile);
/** The last one begins after the end of the clip, the one before ends after it. */
const chapters = [
  { start: 0, end: 1_500, title: 'Größe & <b>' },
  { start: 1_500, end: 2_250, title: '第二章' },
  { start: 2_250, end: 9_000, title: 'a --> b' },
  { start: 20_000, end: 21_000, title: 'never' },
];
const metadata = [
  ';FFMETADATA1',
  ...chapters.flatMap(({ start, end, title }) => [
    ...['[CHAPTER]', 'TIMEBASE=1/1000', `START=${start}`, `END=${end}`, `title=${title}`],
  ]),
].join('\n');

/** ffmpeg writes wrong times of chapters into Ogg. */
const comments = chapters.flatMap(({ start, title }, index) => {
  const time = new Date(start).toISOString().slice(11, 23);
  return ['-metadata', `CHAPTER00${index}=${time}`, '-metadata', `CHAPTER00${index}NAME=${title}`];
});

/** The chapters of an MP4 are in a text track and in `chpl`, those of Ogg in comments. */
const sources = {
  'chapters.mp4': ['-c', 'copy'],
  'chapters.mkv': ['-c', 'copy'],
  'chapters.opus': ['-vn', '-c:a', 'libopus', '-map_chapters', '-1', ...comments],
};
type SourceName = keyof typeof sources;
const names = Object.keys(sources) as SourceName[];

let directory: string;
let test: TestCloud;
const jobs = new Map<SourceName, JobRecord>();

beforeAll(async () => {
  directory = createTestDirectory();
  test = await openTestCloud();
  const clip = await makeClip(join(directory, 'clip.mp4'));
  const list = join(directory, 'chapters.txt');
  await writeFile(list, metadata);
  await Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      const inputs = ['-v', 'error', '-i', clip, '-i', list, '-map', '0', '-map_chapters', '1'];
      await run('ffmpeg', [...inputs, ...sources[name], path]);
      const { jobId } = await test.pipeline.upload(`videos/${name}`, path);
      jobs.set(name, await test.pipeline.settled(jobId));
    }),
  );
});
afterAll(async () => {
  await test?.close();
  removeTestDirectory(directory);
});

const read = (key: string) => test.pipeline.store.readText({ bucket: test.pipeline.outputBucket, key });

it.each(names)('publishes the chapters of %s as WebVTT and JSON', async (name) => {
  const { jobId, status, outputs, publication, upload } = jobs.get(name) as JobRecord;
  expect(status).toBe('succeeded');
  const prefix = outputs?.prefix ?? '';
  const endSeconds = Math.floor((outputs?.durationSeconds ?? 0) * 1_000) / 1_000;
  // Matroska shifts all times by the priming of AAC; the chapters move with the picture.
  const { plan } = JSON.parse(await read(`${prefix}${certificateFileName}`));
  const zeroMilliseconds = Math.round(plan.timeline.zeroSeconds * 1_000);
  const second = (1_500 - zeroMilliseconds) / 1_000;
  const third = (2_250 - zeroMilliseconds) / 1_000;
  expect(await read(`${prefix}chapters.vtt`)).toBe(
    [
      'WEBVTT\n',
      `00:00.000 --> 00:0${second.toFixed(3)}\nGröße &amp; &lt;b&gt;\n`,
      `00:0${second.toFixed(3)} --> 00:0${third.toFixed(3)}\n第二章\n`,
      `00:0${third.toFixed(3)} --> 00:0${endSeconds.toFixed(3)}\na --&gt; b\n`,
    ].join('\n'),
  );
  const entries = JSON.parse(await read(`${prefix}chapters.json`));
  expect(entries.map((entry: Record<string, unknown>) => [entry['start-time'], entry.titles])).toEqual([
    [0, [{ language: 'und', title: 'Größe & <b>' }]],
    [second, [{ language: 'und', title: '第二章' }]],
    [third, [{ language: 'und', title: 'a --> b' }]],
  ]);
  const uri = `${versionUri(upload.key, jobId, publication?.token ?? 0)}chapters.json`;
  expect(await read(stableKey(upload.key, 'master.m3u8'))).toContain(
    `#EXT-X-SESSION-DATA:DATA-ID="com.apple.hls.chapters",URI="${uri}"`,
  );
});

it.each(names)('certifies the chapters of %s, and says which is left out', async (name) => {
  const { outputs } = jobs.get(name) as JobRecord;
  const { plan, files } = JSON.parse(await read(`${outputs?.prefix}${certificateFileName}`));
  expect(plan.chapters.map(({ title }: { title: string }) => title)).toEqual(
    chapters.slice(0, 3).map(({ title }) => title),
  );
  expect(files.map(({ path }: { path: string }) => path)).toEqual(
    expect.arrayContaining(['chapters.json', 'chapters.vtt']),
  );
  expect(outputs?.leftOut).toContainEqual({
    ...{ streamIndex: null, kind: 'chapters', why: '1 chapters: they begin after the end' },
  });
});
