import { describe, expect, it } from 'vitest';
import { isOutputKeyTooLong, stableKey, unitPrefix, versionPath, versionPrefix } from './object-key.ts';

describe('object keys', () => {
  const sourceKey = 'videos/trip/día 1.mov';

  it('keeps the path and the extension of the upload, so that a.mov and a.mp4 have different keys', () => {
    expect(stableKey(sourceKey, 'master.m3u8')).toBe('outputs/trip/día 1.mov/master.m3u8');
  });

  it('puts a version below the folder of the stable files, by job id and token', () => {
    expect(versionPrefix(sourceKey, 'job', 3)).toBe(`outputs/trip/día 1.mov/${versionPath('job', 3)}`);
    expect(unitPrefix({ jobId: 'job', unitId: 'video-00001', token: 2 })).toBe('work/job/video-00001/2/');
  });

  it('refuses an upload whose outputs would have keys longer than 1,024 bytes', () => {
    expect(isOutputKeyTooLong(`videos/${'n'.repeat(915)}`)).toBe(false);
    expect(isOutputKeyTooLong(`videos/${'n'.repeat(916)}`)).toBe(true);
    // S3 counts bytes, not characters.
    expect(isOutputKeyTooLong(`videos/${'é'.repeat(458)}`)).toBe(true);
  });
});
