import { describe, expect, it } from 'vitest';
import { isOutputKeyTooLong, stableKey, unitPrefix, versionPath, versionPrefix } from './object-key.ts';

describe('object keys', () => {
  const sourceKey = 'videos/trip/día 1.mov';

  it('keeps the path and the extension of the upload, so that a.mov and a.mp4 never meet', () => {
    expect(stableKey(sourceKey, 'master.m3u8')).toBe('outputs/trip/día 1.mov/master.m3u8');
  });

  it('puts a version under its token, relative to its stable files', () => {
    expect(versionPrefix(sourceKey, 'job', 3)).toBe(`outputs/trip/día 1.mov/${versionPath('job', 3)}`);
    expect(unitPrefix({ jobId: 'job', unitId: 'video-00001', token: 2 })).toBe('work/job/video-00001/2/');
  });

  it('keeps room in a key for the names of what is made of the upload', () => {
    expect(isOutputKeyTooLong(`videos/${'n'.repeat(915)}`)).toBe(false);
    expect(isOutputKeyTooLong(`videos/${'n'.repeat(916)}`)).toBe(true);
    // S3 counts bytes, not characters.
    expect(isOutputKeyTooLong(`videos/${'é'.repeat(458)}`)).toBe(true);
  });
});
