import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { ChecksumAlgorithm, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { type Fixture, refusalOf } from './conformance-target.ts';

const algorithms = [
  ChecksumAlgorithm.CRC32,
  ChecksumAlgorithm.CRC32C,
  ChecksumAlgorithm.SHA1,
  ChecksumAlgorithm.SHA256,
  ChecksumAlgorithm.CRC64NVME,
] as const;

export function describeIntegrity(fixture: () => Fixture) {
  const put = (input: Partial<ConstructorParameters<typeof PutObjectCommand>[0]>) => {
    const { client, bucket, key } = fixture();
    return client.send(new PutObjectCommand({ Bucket: bucket, Key: key(), Body: 'hello', ...input }));
  };

  describe('integrity', () => {
    it.each(algorithms)('verifies, keeps and gives back %s', async (algorithm) => {
      const { client, bucket, key } = fixture();
      const Key = key();
      const written = await put({ Key, ChecksumAlgorithm: algorithm });
      const field = `Checksum${algorithm}` as const;
      expect(written[field]).toBeDefined();
      const read = await client.send(new GetObjectCommand({ Bucket: bucket, Key, ChecksumMode: 'ENABLED' }));
      expect(read[field]).toBe(written[field]);
      expect(await read.Body?.transformToString()).toBe('hello');
    });

    it.each([
      ['CRC32', { ChecksumCRC32: 'AAAAAA==' }],
      ['CRC32C', { ChecksumCRC32C: 'AAAAAA==' }],
      ['SHA-256', { ChecksumSHA256: createHash('sha256').update('other').digest('base64') }],
      ['MD5', { ContentMD5: createHash('md5').update('other').digest('base64') }],
    ])('refuses a body whose %s is another', async (_name, checksum) => {
      const Key = fixture().key();
      expect(await refusalOf(put({ Key, ...checksum }))).toEqual({ code: 'BadDigest', status: 400 });
      const { client, bucket } = fixture();
      expect(await refusalOf(client.send(new GetObjectCommand({ Bucket: bucket, Key })))).toEqual({
        code: 'NoSuchKey',
        status: 404,
      });
    });

    it('takes a checksum that the caller computed', async () => {
      const ChecksumCRC32 = Buffer.from(crc32('hello').toString(16).padStart(8, '0'), 'hex').toString(
        'base64',
      );
      expect(await put({ ChecksumCRC32 })).toMatchObject({ ChecksumCRC32 });
    });

    it('refuses a Content-MD5 that is none', async () => {
      expect(await refusalOf(put({ ContentMD5: 'bm90IG1kNQ==' }))).toEqual({
        code: 'InvalidDigest',
        status: 400,
      });
    });
  });
}
