import { createHash, randomBytes } from 'node:crypto';
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { describe, expect, it } from 'vitest';
import { type Fixture, refusalOf } from './conformance-target.ts';

export function describeCopying(fixture: () => Fixture) {
  const put = async (Key: string, Body: string) => {
    const { client, bucket } = fixture();
    const output = { ContentType: 'video/mp4', Metadata: { made: 'here' } };
    return await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ...output }));
  };
  const copy = (
    from: string,
    Key: string,
    input: Partial<ConstructorParameters<typeof CopyObjectCommand>[0]> = {},
  ) => {
    const { client, bucket } = fixture();
    const CopySource = `${bucket}/${encodeURIComponent(from)}`;
    return client.send(new CopyObjectCommand({ Bucket: bucket, Key, CopySource, ...input }));
  };
  const head = (Key: string) =>
    fixture().client.send(new HeadObjectCommand({ Bucket: fixture().bucket, Key }));

  describe('copies', () => {
    it('copies content and description, of keys of any kind', async () => {
      const [from, to] = [fixture().key('from ü + %20?.mov'), fixture().key('to')];
      const written = await put(from, 'hello');
      const { CopyObjectResult } = await copy(from, to);
      expect(CopyObjectResult?.ETag).toBe(written.ETag);
      const { client, bucket } = fixture();
      const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: to }));
      expect(await got.Body?.transformToString()).toBe('hello');
      expect(got).toMatchObject({ ContentType: 'video/mp4', Metadata: { made: 'here' } });
    });

    it('replaces the description where told to, also in place', async () => {
      const key = fixture().key();
      await put(key, 'hello');
      expect(await refusalOf(copy(key, key))).toEqual({ code: 'InvalidRequest', status: 400 });
      await copy(key, key, {
        MetadataDirective: 'REPLACE',
        ContentType: 'text/plain',
        Metadata: { now: 'there' },
      });
      expect(await head(key)).toMatchObject({ ContentType: 'text/plain', Metadata: { now: 'there' } });
    });

    it('copies an old version', async () => {
      const { bucket, key } = fixture();
      const [from, to] = [key(), key()];
      const { VersionId } = await put(from, 'old');
      await put(from, 'newer');
      const result = await copy(from, to, { CopySource: `${bucket}/${from}?versionId=${VersionId}` });
      expect(result.CopySourceVersionId).toBe(VersionId);
      expect((await head(to)).ContentLength).toBe(3);
    });

    it('gives the copy of a multipart object the MD5 of the whole', async () => {
      const { client, bucket, key } = fixture();
      const [from, to] = [key(), key()];
      const Body = randomBytes(6 * 1024 * 1024);
      await new Upload({
        client,
        params: { Bucket: bucket, Key: from, Body },
        partSize: 5 * 1024 * 1024,
      }).done();
      expect((await head(from)).ETag).toMatch(/-2"$/);
      const { CopyObjectResult } = await copy(from, to);
      expect(CopyObjectResult?.ETag).toBe(`"${createHash('md5').update(Body).digest('hex')}"`);
    });

    it('refuses a source that is not there', async () => {
      expect(await refusalOf(copy(fixture().key(), fixture().key()))).toEqual({
        code: 'NoSuchKey',
        status: 404,
      });
    });
  });
}
