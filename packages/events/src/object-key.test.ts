import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableFileNames, stableKey, unitPrefix, versionPrefix, versionUri } from './object-key.ts';
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
