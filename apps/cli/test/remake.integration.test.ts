import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  certificateFileName,
  codecLadderSchema,
  type JobRecord,
  type UnitRecord,
  unitContentsKey,
} from '@fyrestream/events';
import { type Certificate, certificateSchema } from '@fyrestream/media';
import type { RemakeProposal, Stack } from '@fyrestream/operations';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runTool } from '../setup/run-process.mjs';
import { makeClip, startCloud } from './start-cloud.ts';

const edges = [240, 180, 136, 100, 76];
const ladderOf = (codec: 'h264' | 'hevc') =>
  codecLadderSchema.parse({
    ...{ codec, speed: 'ultrafast' },
    rungs: edges.map((shortEdgePixels, index) => ({
      ...{ shortEdgePixels, constantRateFactor: 30 },
      maximumBitrateBitsPerSecond: Math.round(600_000 * 0.6 ** index),
    })),
  });
const h264 = edges.map((edge) => `h264-${edge}`);
const hevc = edges.map((edge) => `hevc-${edge}`);

let cloud: Awaited<ReturnType<typeof startCloud>>;
let stack: Stack;
beforeAll(async () => {
  cloud = await startCloud({
    // The long film is divided.
    unitSeconds: 6,
    profiles: {
      web: { ladders: [ladderOf('h264')] },
      both: { ladders: [ladderOf('h264'), ladderOf('hevc')] },
      loud: { ladders: [ladderOf('h264'), ladderOf('hevc')], audio: { loudness: 'off' } },
    },
  });
  await makeClip(cloud.folder, 'film.mp4', { seconds: 3 });
  await makeClip(cloud.folder, 'long.mp4', { seconds: 14 });
  stack = await cloud.openStack();
});
afterAll(() => cloud.stop());

/** A published version: its job, its certificate, and which tracks each unit encoded. */
interface Version {
  readonly job: JobRecord;
  readonly certificate: Certificate;
  readonly encoded: Readonly<Record<string, string[]>>;
}

async function versionOf(jobId: string): Promise<Version> {
  const job = await vi.waitFor(
    async () => {
      const found = await stack.ledger.readJob(jobId);
      expect(found?.status, JSON.stringify(found?.reason)).toBe('succeeded');
      return found as JobRecord;
    },
    { timeout: 240_000, interval: 300 },
  );
  const read = async (key: string) =>
    JSON.parse(await stack.store.readText({ bucket: stack.outputBucket, key }));
  const certificate = certificateSchema.parse(await read(`${job.outputs?.prefix}${certificateFileName}`));
  const units = (await stack.ledger.listUnits(jobId)).filter(({ unitId }) =>
    /^(audio|video-\d+)$/.test(unitId),
  );
  const tracksOf = async (unit: UnitRecord): Promise<string[]> =>
    (await read(unitContentsKey(unit))).tracks.map(({ trackId }: { trackId: string }) => trackId);
  const encoded = await Promise.all(units.map(async (unit) => [unit.unitId, await tracksOf(unit)] as const));
  return { job, certificate, encoded: Object.fromEntries(encoded) };
}

type Line = RemakeProposal & { editionJobId: string | null };

const remake = (...argv: string[]) => remakeOf('film.mp4', ...argv);

async function remakeOf(...argv: string[]): Promise<Version & { line: Line }> {
  const [line] = (await cloud.linesOf('remake', ...argv)) as unknown as Line[];
  if (!line?.editionJobId) throw new TypeError(`nothing was admitted: ${JSON.stringify(line)}`);
  return { line, ...(await versionOf(line.editionJobId)) };
}

const hashesOf = ({ files }: Certificate, trackIds: readonly string[]) =>
  files
    .filter(({ path }) => /\.(mp4|m4s|m4a)$/.test(path) && trackIds.some((id) => path.startsWith(id)))
    .map(({ path, sha256 }) => `${path} ${sha256}`);

/** Decodes every rendition of what the stable playlist names. */
async function playAll({ job }: Version = first): Promise<void> {
  const latest = await stack.ledger.readOutput(job.upload.key);
  const jobId = String(latest?.published?.jobId);
  const downloaded = await cloud.run('download', jobId, jobId);
  expect(downloaded.exitCode).toBe(0);
  const argv = ['-v', 'error', '-i', join(jobId, 'master.m3u8'), '-map', '0', '-f', 'null', '-'];
  await runTool('ffmpeg', argv, { cwd: cloud.folder, onFailure: 'It cannot be decoded.' });
  const verified = await cloud.run('verify', jobId);
  expect(verified.exitCode, verified.output).toBe(0);
}

let first: Version;

it('a film with five renditions of H.264 gets HEVC without an encoder of H.264', async () => {
  const [made] = await cloud.linesOf('upload', 'film.mp4', '--profile', 'web', '--wait');
  first = await versionOf(String(made?.jobId));
  expect(first.encoded).toEqual({ audio: ['audio-1'], 'video-00001': h264 });
  expect(Object.keys(first.certificate.addresses).toSorted()).toEqual([...h264, 'audio-1'].toSorted());

  const [proposed] = (await cloud.linesOf(
    'remake',
    'film.mp4',
    '--profile',
    'both',
    '--dry-run',
  )) as unknown as Line[];
  expect(proposed).toMatchObject({ kept: h264, encoded: hevc, keepsAudio: true, editionJobId: null });
  const second = await remake('--profile', 'both');
  expect(second.encoded).toEqual({ audio: [], 'video-00001': hevc });
  expect(second.job).toMatchObject({
    upload: { versionId: first.job.upload.versionId, edition: 1, profile: 'both' },
    making: { profile: 'both', from: 'remake', priority: 'bulk' },
  });
  const { certificate } = second;
  expect(certificate.plan.kept).toMatchObject({
    ...{ jobId: first.job.jobId, token: first.job.publication?.token, trackIds: [...h264, 'audio-1'] },
  });
  expect(certificate.addresses).toMatchObject(first.certificate.addresses);
  expect(hashesOf(certificate, [...h264, 'audio'])).toEqual(hashesOf(first.certificate, [...h264, 'audio']));
  expect(certificate.source.content).toMatchObject({ decodableShare: 1, isDamaged: false });
  expect(certificate.loudness).toEqual(first.certificate.loudness);
  const checked = (name: string) =>
    certificate.checks.flatMap((check) => (check.name === name ? [check.subject] : []));
  expect(checked('kept-segments-differ')).toEqual([...h264, 'audio-1']);
  expect(checked('kept-mp4-differs')).toEqual(h264);
  expect(checked('picture-structure')).toEqual(hevc);
  await playAll();
});

it('the edition is published in place of the version before, which is kept for a while', async () => {
  const output = await stack.ledger.readOutput(first.job.upload.key);
  expect(output?.published).toMatchObject({ jobId: output?.latest.jobId, order: { edition: 1 } });
  expect(output?.retired).toMatchObject([{ jobId: first.job.jobId }]);
  const { masterKey } = first.job.outputs ?? {};
  const master = await stack.store.readText({ bucket: stack.outputBucket, key: String(masterKey) });
  const codecs = master.match(/(?<=^#EXT-X-STREAM-INF:.*CODECS=")\w{4}/gm);
  expect(codecs?.toSorted()).toEqual([...Array(5).fill('avc1'), ...Array(5).fill('hvc1')]);
  expect(master).toContain(output?.published?.jobId);
  const all = await cloud.run('remake', '--all');
  expect(all).toMatchObject({ exitCode: 0, output: '' });
  expect(all.notes).toMatch(/^0 videos: .*; 1 already as their profile wants them\n$/);
});

it('captions that came late are added without an encoder', async () => {
  writeFileSync(join(cloud.folder, 'late.srt'), '1\n00:00:00,100 --> 00:00:00,900\nHello\n');
  const text = readFileSync(join(cloud.folder, 'late.srt'));
  const headers = { contentType: 'text/plain', cacheControl: 'no-store' };
  await stack.store.put({ bucket: stack.sourceBucket, key: 'videos/film.en.srt' }, text, headers);
  const third = await remake();
  expect(third.line).toMatchObject({ encoded: [], profile: 'both' });
  expect(third.encoded).toEqual({ audio: [] });
  expect(third.job.upload.edition).toBe(2);
  expect(third.certificate.plan.subtitles.map(({ language }) => language)).toEqual(['en']);
  expect(Object.keys(third.certificate.addresses)).toHaveLength(11);
  await playAll();
});

it('audio alone is made anew, and put into the MP4s of the kept renditions', async () => {
  const fourth = await remake('--profile', 'loud');
  expect(fourth.encoded).toEqual({ audio: ['audio-1'] });
  expect(fourth.certificate.plan.kept?.trackIds).toEqual([...h264, ...hevc]);
  expect(fourth.certificate.loudness.map(({ gainDb }) => gainDb)).toEqual([0]);
  expect(hashesOf(fourth.certificate, ['h264-240/'])).toEqual(hashesOf(first.certificate, ['h264-240/']));
  expect(hashesOf(fourth.certificate, ['h264-240.'])).not.toEqual(hashesOf(first.certificate, ['h264-240.']));
  await playAll();
});

it('a rendition whose file was changed in the bucket is encoded again', async () => {
  const published = (await stack.ledger.readOutput(first.job.upload.key))?.published;
  const key = `versions/${published?.jobId}/${published?.token}/h264-100/segment_00001.m4s`;
  const headers = { contentType: 'video/mp4', cacheControl: 'no-store' };
  await stack.store.put({ bucket: stack.outputBucket, key }, Buffer.from('no segment'), headers);
  const fifth = await remake();
  expect(fifth.encoded).toEqual({ audio: [], 'video-00001': ['h264-100'] });
  expect(fifth.certificate.addresses).toMatchObject({ 'h264-100': first.certificate.addresses['h264-100'] });
  // Through the same sizes as at first, so that it becomes the same picture.
  expect(hashesOf(fifth.certificate, ['h264-100/'])).toEqual(hashesOf(first.certificate, ['h264-100/']));
  await playAll();
});

it('a film that is encoded in parts keeps its renditions too, and gets the others in parts', async () => {
  const [made] = await cloud.linesOf('upload', 'long.mp4', '--profile', 'web', '--wait');
  const whole = await versionOf(String(made?.jobId));
  const parts = Object.keys(whole.encoded).filter((unitId) => unitId.startsWith('video'));
  expect(parts.length).toBeGreaterThan(1);
  const edition = await remakeOf('long.mp4', '--profile', 'both');
  expect(edition.encoded).toEqual({
    audio: [],
    ...Object.fromEntries(parts.map((unitId) => [unitId, hevc])),
  });
  const kept = [...h264, 'audio'];
  expect(hashesOf(edition.certificate, kept)).toEqual(hashesOf(whole.certificate, kept));
  await playAll(edition);
});

it('a budget that is spent stops the admission, and says what is left', async () => {
  const { notes } = await cloud.run('remake', '--prefix', 'film', '--profile', 'web', '--budget', '0.0001');
  expect(notes).toMatch(/^the budget of \$0\.0001 is spent: 1 video left, from videos\/film\.mp4 on$/m);
  const output = await stack.ledger.readOutput(first.job.upload.key);
  expect(output?.latest.jobId).toBe(output?.published?.jobId);
});
