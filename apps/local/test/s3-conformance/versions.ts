import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { type Fixture, refusalOf } from './conformance-target.ts';

export function describeVersions(fixture: () => Fixture) {
  const put = async (Key: string, Body: string) => {
    const { client, bucket } = fixture();
    const { VersionId = '' } = await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    return VersionId;
  };
  const get = async (Key: string, VersionId?: string) => {
    const { client, bucket } = fixture();
    const version = VersionId === undefined ? {} : { VersionId };
    const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key, ...version }));
    return { text: await got.Body?.transformToString(), versionId: got.VersionId };
  };
  const remove = (Key: string, VersionId?: string) => {
    const version = VersionId === undefined ? {} : { VersionId };
    return fixture().client.send(new DeleteObjectCommand({ Bucket: fixture().bucket, Key, ...version }));
  };
  const list = (
    Prefix: string,
    input: { KeyMarker?: string; VersionIdMarker?: string; MaxKeys?: number } = {},
  ) => fixture().client.send(new ListObjectVersionsCommand({ Bucket: fixture().bucket, Prefix, ...input }));

  describe('versions', () => {
    it('keeps every version readable by its id', async () => {
      const key = fixture().key();
      const first = await put(key, 'first');
      const second = await put(key, 'second');
      expect(first).not.toBe(second);
      expect(await get(key)).toEqual({ text: 'second', versionId: second });
      expect(await get(key, first)).toEqual({ text: 'first', versionId: first });
      expect((await refusalOf(get(key, `${first.slice(0, -1)}!`))).status).toBe(404);
    });

    it('hides the object behind a delete marker and shows it again', async () => {
      const key = fixture().key();
      const version = await put(key, 'kept');
      const deleted = await remove(key);
      expect(deleted).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
      expect((await refusalOf(get(key))).code).toBe('NoSuchKey');
      expect(await get(key, version)).toEqual({ text: 'kept', versionId: version });
      const { client, bucket } = fixture();
      const ofMarker = { Bucket: bucket, Key: key, VersionId: deleted.VersionId ?? '' };
      expect(await refusalOf(client.send(new GetObjectCommand(ofMarker)))).toEqual({
        code: 'MethodNotAllowed',
        status: 405,
      });
      expect((await refusalOf(client.send(new HeadObjectCommand(ofMarker)))).status).toBe(405);
      expect(await remove(key, deleted.VersionId)).toMatchObject({ DeleteMarker: true });
      expect(await get(key)).toEqual({ text: 'kept', versionId: version });
    });

    it('removes one version for good', async () => {
      const key = fixture().key();
      const first = await put(key, 'first');
      const second = await put(key, 'second');
      await remove(key, second);
      expect(await get(key)).toEqual({ text: 'first', versionId: first });
      await remove(key, first);
      expect((await refusalOf(get(key))).code).toBe('NoSuchKey');
      expect((await list(key)).Versions).toBeUndefined();
    });

    it('lists versions and delete markers, newest first, page by page', async () => {
      const prefix = fixture().key('');
      const first = await put(`${prefix}a`, '1');
      const second = await put(`${prefix}a`, '22');
      const marker = await remove(`${prefix}a`);
      const other = await put(`${prefix}b`, '3');
      const all = await list(prefix);
      expect(all.Versions).toMatchObject([
        { Key: `${prefix}a`, VersionId: second, IsLatest: false, Size: 2 },
        { Key: `${prefix}a`, VersionId: first, IsLatest: false, Size: 1 },
        { Key: `${prefix}b`, VersionId: other, IsLatest: true },
      ]);
      expect(all.DeleteMarkers).toMatchObject([{ VersionId: marker.VersionId, IsLatest: true }]);
      const seen: (string | undefined)[] = [];
      let next: { KeyMarker?: string; VersionIdMarker?: string } = {};
      for (
        let page = await list(prefix, { MaxKeys: 1 });
        ;
        page = await list(prefix, { ...next, MaxKeys: 1 })
      ) {
        seen.push(
          ...[...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ VersionId }) => VersionId),
        );
        if (page.IsTruncated !== true) break;
        const { NextKeyMarker = '', NextVersionIdMarker = '' } = page;
        next = { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker };
      }
      expect(seen).toEqual([marker.VersionId, second, first, other]);
    });
  });
}
