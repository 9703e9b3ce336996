import { createHash } from 'node:crypto';
import { addCaptionTracks, type EncodePlan } from '@fyrestream/media';
import { expect, it } from 'vitest';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { systemTimers } from '../timers.ts';
import { convertCaptionFiles } from './convert-caption-files.ts';
import { findCaptions } from './find-captions.ts';
import { listBeside } from './list-beside.ts';

const srt = (text: string) => `1\n00:00:00,500 --> 00:00:01,500\n${text}\n`;
const { signal } = new AbortController();
const claim = { jobId: 'job', unitId: 'audio', token: 1, signal } as ActiveClaim;
const whole = { durationSeconds: 10, trim: null };
const plan = {
  durationSeconds: 10,
  subtitles: [],
  captionFiles: [],
  leftOut: [],
  units: [{ id: 'video-00001', kind: 'video', range: null }],
} as unknown as EncodePlan;

interface Version {
  readonly body: string;
  readonly versionId: string | null;
}

/** A bucket with `videos/film.mov` and captions, and what a worker stored in the other one. */
function openBucket(isVersioned = true) {
  const versions = new Map<string, Version[]>();
  const stored = new Map<string, string>();
  const find = ({ key, versionId }: { key: string; versionId?: string | null }) => {
    const all = versions.get(key) ?? [];
    return versionId ? all.find((version) => version.versionId === versionId) : all.at(-1);
  };
  const store = {
    list: async (_: string, prefix: string, { startAfter = '' } = {}) =>
      [...versions.keys()]
        .filter((key) => key.startsWith(prefix) && key > startAfter)
        .toSorted()
        .map((key) => ({ key, sizeBytes: Buffer.byteLength(find({ key })?.body ?? '') })),
    async head(address: { key: string; versionId?: string | null }) {
      const found = find(address);
      if (found === undefined) return null;
      const etag = createHash('md5').update(found.body).digest('hex');
      return { sizeBytes: Buffer.byteLength(found.body), etag, versionId: found.versionId };
    },
    readRange: async (address: { key: string }, start: number, end: number) =>
      Buffer.from(find(address)?.body ?? '').subarray(start, end + 1),
    async put({ key }: { key: string }, text: string) {
      stored.set(key, text);
    },
  };
  const work = {
    store,
    timers: systemTimers,
    settings: { outputBucket: 'outputs' },
    job: { upload: { bucket: 'sources', key: 'videos/film.mov' } },
  } as unknown as JobContext;
  return {
    work,
    stored,
    put(name: string, body: string) {
      const key = `videos/${name}`;
      const before = versions.get(key) ?? [];
      const version = { body, versionId: isVersioned ? `v${before.length + 1}` : null };
      versions.set(key, isVersioned ? [...before, version] : [version]);
    },
    remove: (name: string) => versions.delete(`videos/${name}`),
  };
}

it('converts the version that was planned, though a newer one has come since', async () => {
  const { work, put, stored } = openBucket();
  put('film.en.srt', srt('first'));
  const planned = addCaptionTracks(plan, await findCaptions(work, await listBeside(work), whole, signal));
  put('film.en.srt', srt('second'));
  const { subtitles, leftOut } = await convertCaptionFiles(work, planned, claim);
  expect(subtitles).toMatchObject([{ trackId: 'subtitles-1', language: 'en', report: { cueCount: 1 } }]);
  expect(leftOut).toEqual([]);
  expect([...stored.values()]).toEqual([expect.stringContaining('\nfirst\n')]);
});

it.each([
  ['replaced in a bucket without versions', false, 'put'],
  ['deleted with all versions', true, 'remove'],
] as const)(
  'leaves out captions that were %s since, and stores the others',
  async (_, isVersioned, change) => {
    const { work, put, remove, stored } = openBucket(isVersioned);
    put('film.de.srt', srt('bleibt'));
    put('film.en.srt', srt('first'));
    const planned = addCaptionTracks(plan, await findCaptions(work, await listBeside(work), whole, signal));
    if (change === 'put') put('film.en.srt', srt('second'));
    else remove('film.en.srt');
    const { subtitles, leftOut } = await convertCaptionFiles(work, planned, claim);
    expect(subtitles.map(({ language }) => language)).toEqual(['de']);
    expect(leftOut).toEqual([
      {
        streamIndex: null,
        kind: 'captions',
        why: 'film.en.srt: not used: it was replaced or removed while the video was processed',
      },
    ]);
    expect(stored.size).toBe(1);
  },
);

it('a video without audio and embedded subtitles gets the unit that converts captions', async () => {
  const { work, put } = openBucket();
  expect(
    addCaptionTracks(plan, await findCaptions(work, await listBeside(work), whole, signal)).units,
  ).toEqual(plan.units);
  put('film.vtt', '');
  const refused = addCaptionTracks(plan, await findCaptions(work, await listBeside(work), whole, signal));
  expect(refused.units).toEqual(plan.units);
  expect(refused.leftOut).toMatchObject([
    { kind: 'captions', why: expect.stringMatching(/^film\.vtt: not used: it has no cue/) },
  ]);
  put('film.vtt', srt('in the wrong file'));
  const planned = addCaptionTracks(plan, await findCaptions(work, await listBeside(work), whole, signal));
  expect(planned.units.map(({ id }) => id)).toEqual(['audio', 'video-00001']);
  expect(planned.captionFiles).toEqual([
    { key: 'videos/film.vtt', versionId: 'v2', etag: expect.any(String), sizeBytes: expect.any(Number) },
  ]);
});

it('finds captions behind the first page of a listing', async () => {
  const { work, put } = openBucket();
  for (let index = 0; index < 3; index += 1) put(`film.part${index}.mov`, '');
  put('film.zh.srt', srt('你好'));
  const { list } = work.store;
  const paged = {
    ...work,
    store: {
      ...work.store,
      list: async (...args: Parameters<typeof list>) => (await list(...args)).slice(0, 1),
    },
  };
  expect(
    (await findCaptions(paged, await listBeside(paged), whole, signal)).tracks.map(
      ({ file }) => file.language,
    ),
  ).toEqual(['zh']);
});
