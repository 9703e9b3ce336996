import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { defaultLadderConfig } from '@fyrestream/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PublishedFiles, planEncode, renderCertificate, verifyPublished } from '../src/index.ts';
import { encodePresentation } from './encode-presentation.ts';
import { audioStream, factsOf, videoStream } from './ffprobe-fixtures.ts';

/** A published version that is changed afterwards. Does not test that the certificate was right. */
let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'fyrestream-published-'));
  await publish(join(root, 'honest'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function publish(directory: string): Promise<void> {
  const frameRate = { numerator: 30, denominator: 1 };
  await mkdir(directory);
  await encodePresentation(directory, { frameRate, durationSeconds: 8, gopFrames: 30 });
  for (const name of await readdir(directory))
    if (name.endsWith('.stream.mp4')) await rm(join(directory, name));
  const facts = factsOf([videoStream(), audioStream(), audioStream({ index: 2 })]);
  const plan = planEncode(facts, {}, defaultLadderConfig);
  const [branch] = plan.video?.branches ?? [];
  branch?.renditions.splice(2);
  for (const [index, id] of ['video-360p', 'video-180p'].entries())
    Object.assign(branch?.renditions[index] ?? {}, { id });
  for (const [index, id] of ['audio-en', 'audio-de'].entries())
    Object.assign(plan.audio[index] ?? {}, { id });
  const files = [];
  for (const [path, sizeBytes] of await sizesIn(directory)) {
    const sha256 = createHash('sha256')
      .update(await readFile(join(directory, path)))
      .digest('hex');
    files.push({ path, sizeBytes, sha256 });
  }
  const certificate = renderCertificate({
    schemaVersion: 2,
    jobId: 'job',
    source: {
      ...{ key: 'videos/a.mp4', versionId: null, etag: 'e', sizeBytes: 1, facts },
      content: {
        streams: [],
        warnings: { errors: 0, corrupt: 0, examples: [] },
        decodableShare: 1,
        isDamaged: false,
      },
      leftOut: [],
      subtitles: [],
    },
    plan,
    loudness: [],
    checks: [],
    addresses: {},
    toolVersions: { node: '24', ffmpeg: '5.1' },
    files: files.toReversed(),
  });
  await writeFile(join(directory, 'certificate.json'), certificate);
}

async function sizesIn(directory: string): Promise<Map<string, number>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sized = await Promise.all(
    paths.toSorted().map(async (path) => [relative(directory, path), (await stat(path)).size] as const),
  );
  return new Map(sized);
}

function open(directory: string): PublishedFiles {
  return { sizes: () => sizesIn(directory), stream: (path) => createReadStream(join(directory, path)) };
}

async function changed(name: string, change: (directory: string) => Promise<unknown>) {
  const directory = join(root, name);
  await cp(join(root, 'honest'), directory, { recursive: true });
  await change(directory);
  const { checks, passed } = await verifyPublished(open(directory));
  expect(passed).toBe(false);
  return [...new Set(checks.filter((check) => !check.passed).map((check) => check.name))];
}

describe('a published version', () => {
  it('passes unchanged', async () => {
    const { checks } = await verifyPublished(open(join(root, 'honest')));
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['stored-files', 'files-changed', 'playlist-references', 'segment-gap-seconds']),
    );
  });

  it('fails if a rendition is missing', async () => {
    const names = await changed('gone', (directory) =>
      rm(join(directory, 'video-180p'), { recursive: true }),
    );
    expect(names).toEqual(['stored-files', 'playlist-references', 'tracks-unreadable']);
  });

  it('fails if one byte of a segment is changed', async () => {
    const names = await changed('byte', async (directory) => {
      const path = join(directory, 'video-360p/segment_00002.m4s');
      const bytes = await readFile(path);
      bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
      await writeFile(path, bytes);
    });
    expect(names).toEqual(['files-changed']);
  });

  it('fails if two segments are exchanged', async () => {
    const names = await changed('exchanged', async (directory) => {
      const [first, second] = ['segment_00001.m4s', 'segment_00002.m4s'].map((name) =>
        join(directory, 'video-360p', name),
      ) as [string, string];
      const [left, right] = [await readFile(first), await readFile(second)];
      await Promise.all([writeFile(first, right), writeFile(second, left)]);
    });
    expect(names).toEqual(
      expect.arrayContaining(['files-changed', 'segment-gap-seconds', 'start-differs-seconds']),
    );
  });

  it('cannot be verified without its certificate', async () => {
    const directory = join(root, 'uncertified');
    await cp(join(root, 'honest'), directory, { recursive: true });
    await rm(join(directory, 'certificate.json'));
    await expect(verifyPublished(open(directory))).rejects.toMatchObject({ code: 'certificate-unreadable' });
  });
});
