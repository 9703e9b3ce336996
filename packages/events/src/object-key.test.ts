import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  jobOutputsKey,
  planKey,
  referenceCaptureKey,
  referenceFileKey,
  stableFileNames,
  stableKey,
  trackFileKey,
  unitContentsKey,
  unitPrefix,
  versionPrefix,
  versionUri,
} from './object-key.ts';
import { unpublishableKeyReason } from './unpublishable-key-reason.ts';
import { jobIdOf } from './upload.ts';

describe('object keys', () => {
  const sourceKey = 'videos/trip/día 1.mov';

  it('keeps the path and the extension of the upload, so that a.mov and a.mp4 have different keys', () => {
    expect(stableKey(sourceKey, 'master.m3u8')).toBe('outputs/trip/día 1.mov/master.m3u8');
  });

  it('puts a version and the work of a unit below job id and token', () => {
    expect(versionPrefix('job', 3)).toBe('versions/job/3/');
    expect(unitPrefix({ jobId: 'job', unitId: 'video-00001', token: 2 })).toBe('work/job/video-00001/2/');
  });

  it('refers from stable files to a version without a part of the upload’s name', () => {
    expect(versionUri(sourceKey, 'job', 3)).toBe('../../../versions/job/3/');
  });
});

describe('two uploads, whatever their names', () => {
  const victim = { bucket: 'b', key: 'videos/victim.mp4', versionId: 'v1', etag: 'e' };
  const victimJobId = jobIdOf(victim);

  /** Parts that collide with names of the layout, and any others. */
  const part = fc.oneof(
    fc.constantFrom('victim.mp4', victimJobId, '1', '..', '.', '', 'versions', 'outputs', 'videos', 'work'),
    fc.constantFrom(...stableFileNames, 'certificate.json', 'h264-240', '%2e%2e', '\\..\\', '\0', '\n'),
    fc.string({ unit: 'binary' }),
  );
  const upload = fc.record({
    bucket: fc.constant('b'),
    key: fc.array(part, { maxLength: 8 }).map((parts) => `videos/${parts.join('/')}`),
    versionId: fc.string({ minLength: 1 }),
    etag: fc.string(),
  });
  const token = fc.integer({ min: 1, max: 1_000 });

  it('never write the same stable file, nor a file of the version of the other', () => {
    fc.assert(
      fc.property(
        upload,
        fc.oneof(upload, fc.constant(victim)),
        token,
        token,
        (one, other, first, second) => {
          fc.pre(one.key !== other.key);
          const written = (key: string) => stableFileNames.map((name) => stableKey(key, name));
          const versions = [versionPrefix(jobIdOf(one), first), versionPrefix(jobIdOf(other), second)];
          const stable = [...written(one.key), ...written(other.key)];
          expect(new Set([...stable, ...versions]).size).toBe(2 * stableFileNames.length + 2);
          for (const prefix of versions) {
            expect(stable.filter((key) => key.startsWith(prefix))).toEqual([]);
            expect(versions.filter((key) => key.startsWith(prefix))).toEqual([prefix]);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  const idOf = (path: string) => jobIdOf({ ...victim, key: `videos/${path}` });
  /** What a path can become in file systems, browsers, proxies and object stores, and paths that try to leave their folder. */
  const similar = fc.constantFrom<(path: string) => string>(
    (path) => path.toUpperCase(),
    (path) => path.normalize('NFC'),
    (path) => path.normalize('NFD'),
    (path) => path.normalize('NFKC'),
    encodeURIComponent,
    (path) => path.replaceAll('%', '%25'),
    (path) => path.replaceAll(' ', '+'),
    (path) => path.replaceAll('/', '%2F'),
    (path) => path.replaceAll('/', '\\'),
    (path) => path.replaceAll('/', '//'),
    (path) => `${path}.`,
    (path) => `${path} `,
    (path) => `${path}/`,
    (path) => `/${path}`,
    (path) => `${path}/x/..`,
    (path) => `${path}\n1J1D11R6M20HUBMQK8HRV5BC3U48NGP4`,
    (path) => `${path}/master.m3u8`,
    (path) => `../outputs/${path}`,
    (path) => `${path}/../../versions/${idOf(path)}/1`,
    (path) => `versions/${idOf(path)}/1/${path}`,
    (path) => `${path}/${idOf(path)}/1`,
  );
  const twice = fc.tuple(similar, similar).map(
    ([first, second]) =>
      (path: string) =>
        second(first(path)),
  );
  const name = fc.oneof(part, fc.constantFrom('é', 'e\u0301', 'ﬁlm', 'a b', 'a+b', 'a%20b'));
  const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));
  const twoPaths = fc.oneof(
    fc.tuple(path, path),
    fc.tuple(path, fc.oneof(similar, twice)).map(([one, change]) => [one, change(one)] as const),
  );
  /** As S3 makes it: no uploader chooses one. */
  const versionId = fc.stringMatching(/^[\w.]{8,32}$/);
  const twoUploads = fc
    .tuple(twoPaths, versionId, versionId)
    .filter(([[one, other]]) => one !== other)
    .map(([[one, other], first, second]): readonly [Named, Named] => [
      { bucket: 'b', key: `videos/${one}`, versionId: first, etag: '' },
      { bucket: 'b', key: `videos/${other}`, versionId: second, etag: '' },
    ]);

  it('one never writes a key that the viewers of the other read, nor one whose URL is the same', () => {
    const check = (writer: Named, reader: Named, first: number, second: number) => {
      const written = writtenKeys(writer, first);
      const read = readKeys(reader, second);
      expect(written.filter((key) => read.includes(key))).toEqual([]);
      const version = versionPrefix(jobIdOf(reader), second);
      expect(written.filter((key) => key.startsWith(version))).toEqual([]);
      if ([writer, reader].some(({ key }) => unpublishableKeyReason(key) !== null)) return;
      const urls = read.map(urlOf);
      expect(written.filter((key) => urls.includes(urlOf(key)))).toEqual([]);
    };
    fc.assert(
      fc.property(twoUploads, token, token, ([one, other], first, second) => {
        check(one, other, first, second);
        check(other, one, second, first);
      }),
      { numRuns: 1_000 },
    );
  });

  type Named = Parameters<typeof jobIdOf>[0];
  const stableKeysOf = ({ key }: Named) => stableFileNames.map((name) => stableKey(key, name));
  const versionFiles = ['master.m3u8', 'manifest.mpd', 'h264-240/index.m3u8', 'certificate.json'];

  /** Every kind of key that the units of a job write. */
  function writtenKeys(written: Named, claimToken: number): string[] {
    const jobId = jobIdOf(written);
    const claim = { jobId, unitId: 'assembly', token: claimToken };
    return [
      ...stableKeysOf(written),
      ...versionFiles.map((file) => `${versionPrefix(jobId, claimToken)}${file}`),
      ...[planKey, unitContentsKey, referenceCaptureKey, jobOutputsKey].map((keyOf) => keyOf(claim)),
      trackFileKey(claim, 'h264-240', 'init.mp4'),
      referenceFileKey(claim, 'video'),
    ];
  }

  /** The stable files of an upload, and the version to which they lead. */
  function readKeys(readUpload: Named, publishedToken: number): string[] {
    const prefix = versionPrefix(jobIdOf(readUpload), publishedToken);
    return [...stableKeysOf(readUpload), ...versionFiles.map((file) => `${prefix}${file}`)];
  }

  /** The path that a browser requests for a key. */
  function urlOf(key: string): string {
    return new URL(key.split('/').map(encodeURIComponent).join('/'), 'https://media.example/base/').pathname;
  }

  it('F74 an upload named like a version of another one writes nothing into that version', () => {
    const attacks = [
      `${victim.key}/${victimJobId}/1`,
      `${victim.key}/master.m3u8`,
      `videos/../versions/${victimJobId}/1`,
      `videos/versions/${victimJobId}/1`,
    ];
    for (const key of attacks) {
      for (const name of stableFileNames) {
        expect(stableKey(key, name).startsWith(versionPrefix(victimJobId, 1))).toBe(false);
        expect(stableFileNames.map((file) => stableKey(victim.key, file))).not.toContain(
          stableKey(key, name),
        );
      }
    }
  });
});
