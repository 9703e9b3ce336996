import { GetObjectCommand, HeadBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { type Fixture, refusalOf } from './conformance-target.ts';

export function describeSigning(fixture: () => Fixture) {
  const put = (Key: string, Body: string) =>
    fixture().client.send(new PutObjectCommand({ Bucket: fixture().bucket, Key, Body }));
  const codeOf = async (response: Response) => /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1];

  describe('signatures', () => {
    it('gives an object to whoever has its presigned URL', async () => {
      const { client, bucket, key } = fixture();
      const Key = key('a b+ü.txt');
      await put(Key, 'hello');
      const ResponseContentDisposition = 'attachment; filename="x.txt"';
      const url = await getSignedUrl(
        client,
        new GetObjectCommand({ Bucket: bucket, Key, ResponseContentDisposition }),
      );
      const response = await fetch(url, { headers: { range: 'bytes=1-3' } });
      expect(response.status).toBe(206);
      expect(response.headers.get('content-disposition')).toBe(ResponseContentDisposition);
      expect(await response.text()).toBe('ell');
    });

    it('takes an object from whoever has its presigned URL', async () => {
      const { client, bucket, key } = fixture();
      const Key = key();
      const command = new PutObjectCommand({ Bucket: bucket, Key, ContentType: 'video/mp4' });
      const signableHeaders = new Set(['content-type']);
      const url = await getSignedUrl(client, command, { signableHeaders });
      const body = 'sent by a browser';
      const headers = { 'content-type': 'video/mp4' };
      expect((await fetch(url, { method: 'PUT', body, headers })).status).toBe(200);
      const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      expect(await got.Body?.transformToString()).toBe(body);
      expect(got.ContentType).toBe('video/mp4');
      const wrong = await fetch(url, { method: 'PUT', body, headers: { 'content-type': 'text/html' } });
      expect([wrong.status, await codeOf(wrong)]).toEqual([403, 'SignatureDoesNotMatch']);
    });

    it('refuses a presigned URL that expired, or was changed', async () => {
      const { client, bucket, key } = fixture();
      const command = new GetObjectCommand({ Bucket: bucket, Key: key() });
      const signingDate = new Date(Date.now() - 61_000);
      const expired = await fetch(await getSignedUrl(client, command, { expiresIn: 60, signingDate }));
      expect([expired.status, await codeOf(expired)]).toEqual([403, 'AccessDenied']);
      const url = await getSignedUrl(client, command, { expiresIn: 60 });
      const changed = await fetch(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=61'));
      expect([changed.status, await codeOf(changed)]).toEqual([403, 'SignatureDoesNotMatch']);
    });

    it('refuses what is not signed, or by nobody it knows', async () => {
      const { client, bucket, key, clientWith } = fixture();
      const url = new URL(await getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key() })));
      url.search = '';
      const anonymous = await fetch(url);
      expect([anonymous.status, await codeOf(anonymous)]).toEqual([403, 'AccessDenied']);
      const credentials = await client.config.credentials();
      const get = new GetObjectCommand({ Bucket: bucket, Key: key() });
      const forged = clientWith({ credentials: { ...credentials, secretAccessKey: 'wrong' } });
      expect(await refusalOf(forged.send(get))).toEqual({ code: 'SignatureDoesNotMatch', status: 403 });
      const stranger = clientWith({
        credentials: { accessKeyId: 'AKIANOBODYKNOWSTHIS0', secretAccessKey: 'x' },
      });
      expect(await refusalOf(stranger.send(get))).toEqual({ code: 'InvalidAccessKeyId', status: 403 });
      const late = clientWith({ systemClockOffset: -3_600_000 });
      expect(await refusalOf(late.send(get))).toEqual({ code: 'RequestTimeTooSkewed', status: 403 });
      for (const one of [forged, stranger, late]) one.destroy();
    });

    it('says that a bucket is not there', async () => {
      const { client, bucket, key } = fixture();
      const Bucket = `${bucket.slice(0, 50)}-not-there`;
      expect((await refusalOf(client.send(new HeadBucketCommand({ Bucket })))).status).toBe(404);
      const get = client.send(new GetObjectCommand({ Bucket, Key: key() }));
      expect(await refusalOf(get)).toEqual({ code: 'NoSuchBucket', status: 404 });
    });
  });
}
