import {
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, refusalOf } from './conformance-target.ts';

const rule = {
  AllowedOrigins: ['https://*.example.com'],
  AllowedMethods: ['PUT', 'GET'],
  AllowedHeaders: ['content-*'],
  ExposeHeaders: ['ETag'],
  MaxAgeSeconds: 600,
};

/** Replaces the CORS configuration of the bucket. */
export function describeCrossOrigin(fixture: () => Fixture) {
  const presign = () => {
    const { client, bucket, key } = fixture();
    return getSignedUrl(client, new PutObjectCommand({ Bucket: bucket, Key: key() }));
  };
  const preflight = async (origin: string, method: string, headers: string) =>
    fetch(await presign(), {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': headers,
      },
    });

  describe('cross-origin requests', () => {
    beforeAll(async () => {
      const { client, bucket } = fixture();
      const CORSConfiguration = { CORSRules: [rule] };
      await client.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration }));
    });

    it('tells a browser what it may send', async () => {
      const response = await preflight('https://app.example.com', 'PUT', 'content-type');
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'access-control-allow-origin': 'https://app.example.com',
        'access-control-allow-methods': 'PUT, GET',
        'access-control-allow-headers': 'content-type',
        'access-control-expose-headers': 'ETag',
        'access-control-max-age': '600',
      });
    });

    it.each([
      ['another origin', 'https://example.org', 'PUT', 'content-type'],
      ['another method', 'https://app.example.com', 'DELETE', 'content-type'],
      ['another header', 'https://app.example.com', 'PUT', 'x-custom'],
    ])('refuses %s', async (_name, origin, method, header) => {
      expect((await preflight(origin, method, header)).status).toBe(403);
    });

    it('lets the page read the answer to the request itself', async () => {
      const headers = { origin: 'https://app.example.com' };
      const response = await fetch(await presign(), { method: 'PUT', body: 'x', headers });
      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
      expect(response.headers.get('access-control-expose-headers')).toBe('ETag');
    });

    it('gives the rules back, and forgets them', async () => {
      const { client, bucket } = fixture();
      const got = await client.send(new GetBucketCorsCommand({ Bucket: bucket }));
      expect(got.CORSRules).toEqual([rule]);
      await client.send(new DeleteBucketCorsCommand({ Bucket: bucket }));
      expect((await refusalOf(client.send(new GetBucketCorsCommand({ Bucket: bucket })))).code).toBe(
        'NoSuchCORSConfiguration',
      );
    });
  });
}
