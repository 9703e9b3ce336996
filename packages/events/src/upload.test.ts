import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareUploads, compareVersions, jobIdOf, jobIdSchema } from './upload.ts';

describe('jobIdOf', () => {
  const upload = { bucket: 'b', key: 'videos/a.mov', versionId: 'v1', etag: 'e1' };

  it('is the start of the base32 of the SHA-256', () => {
    // printf 'b\nvideos/a.mov\nv1' | sha256sum | xxd -r -p | base32 | tr A-Z a-z | cut -c1-26
    expect(jobIdOf(upload)).toBe('ubmk7yhchbdyfqyiiekhgvh3dc');
  });

  it('differs by bucket, key and version, and by ETag only without a version', () => {
    const ids = [
      upload,
      { ...upload, bucket: 'c' },
      { ...upload, key: 'k' },
      { ...upload, versionId: 'v2' },
    ].map(jobIdOf);
    expect(new Set(ids).size).toBe(4);
    expect(jobIdOf({ ...upload, etag: 'e2' })).toBe(ids[0]);
    const unversioned = { ...upload, versionId: null };
    expect(jobIdOf({ ...unversioned, etag: 'e2' })).not.toBe(jobIdOf(unversioned));
  });

  it('is another one for each edition, and that of the upload without', () => {
    const ids = [upload, { ...upload, edition: 1 }, { ...upload, edition: 2 }].map(jobIdOf);
    expect(new Set(ids).size).toBe(3);
    expect(jobIdOf({ ...upload, edition: undefined })).toBe(ids[0]);
  });

  it('always matches the schema of job ids', () => {
    fc.assert(fc.property(fc.string(), (key) => jobIdSchema.safeParse(jobIdOf({ ...upload, key })).success));
  });
});

describe('compareUploads', () => {
  const order = (sequencer: string | null, uploadedAt = '2026-01-01T00:00:00Z') => ({
    sequencer,
    uploadedAt,
  });

  it('pads the shorter sequencer on the right', () => {
    expect(compareUploads(order('0055AED6'), order('0055AED6DCD9'))).toBeLessThan(0);
    expect(compareUploads(order('0055B'), order('0055AED6DCD9'))).toBeGreaterThan(0);
    expect(compareUploads(order('55'), order('5500'))).toBe(0);
  });

  it('puts editions behind their version and before the next one', () => {
    const [first, later, next] = [order('55'), { ...order('55'), edition: 2 }, order('56')];
    expect(compareUploads(first, later)).toBeLessThan(0);
    expect(compareUploads({ ...first, edition: 1 }, later)).toBeLessThan(0);
    expect(compareUploads(later, later)).toBe(0);
    expect(compareUploads(later, next)).toBeLessThan(0);
    const listed = order(null);
    expect(compareUploads(listed, { ...listed, edition: 1 })).toBeLessThan(0);
    expect(compareVersions(first, later)).toBe(0);
  });

  it('compares times if a sequencer is missing', () => {
    expect(compareUploads(order(null), order('1', '2026-01-01T00:00:01Z'))).toBeLessThan(0);
  });
});
