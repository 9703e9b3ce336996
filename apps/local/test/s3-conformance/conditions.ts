import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { type Fixture, refusalOf } from './conformance-target.ts';

const preconditionFailed = { code: 'PreconditionFailed', status: 412 };

export function describeConditions(fixture: () => Fixture) {
  const put = (Key: string, Body: string, conditions: { IfMatch?: string; IfNoneMatch?: string } = {}) =>
    fixture().client.send(new PutObjectCommand({ Bucket: fixture().bucket, Key, Body, ...conditions }));
  const read = async (Key: string) => {
    const got = await fixture().client.send(new GetObjectCommand({ Bucket: fixture().bucket, Key }));
    return await got.Body?.transformToString();
  };

  describe('conditions', () => {
    it('creates only where nothing is', async () => {
      const key = fixture().key();
      await put(key, 'first', { IfNoneMatch: '*' });
      expect(await refusalOf(put(key, 'second', { IfNoneMatch: '*' }))).toEqual(preconditionFailed);
      expect(await read(key)).toBe('first');
    });

    it('creates again behind a delete marker', async () => {
      const key = fixture().key();
      await put(key, 'first', { IfNoneMatch: '*' });
      await fixture().client.send(new DeleteObjectCommand({ Bucket: fixture().bucket, Key: key }));
      await put(key, 'second', { IfNoneMatch: '*' });
      expect(await read(key)).toBe('second');
    });

    it('lets exactly one of many writers create', async () => {
      const key = fixture().key();
      const writers = Array.from({ length: 8 }, (_, index) =>
        refusalOf(put(key, `writer ${index}`, { IfNoneMatch: '*' })),
      );
      const codes = (await Promise.all(writers)).map(({ code }) => code);
      expect(codes.filter((code) => code === 'none')).toHaveLength(1);
      expect(codes.every((code) => /none|PreconditionFailed|ConditionalRequestConflict/.test(code))).toBe(
        true,
      );
    });

    it('replaces only what it read', async () => {
      const key = fixture().key();
      const { ETag = '' } = await put(key, 'first');
      const second = await put(key, 'second', { IfMatch: ETag });
      expect(await refusalOf(put(key, 'third', { IfMatch: ETag }))).toEqual(preconditionFailed);
      expect(await read(key)).toBe('second');
      await put(key, 'third', { IfMatch: second.ETag ?? '' });
      expect(await read(key)).toBe('third');
    });

    it('has nothing to replace where nothing is', async () => {
      expect(await refusalOf(put(fixture().key(), 'x', { IfMatch: '"0"' }))).toEqual({
        code: 'NoSuchKey',
        status: 404,
      });
    });

    it.each([
      ['IfMatch of another', { IfMatch: '"0"' }, preconditionFailed],
      ['IfNoneMatch of this', { IfNoneMatch: 'own' }, { code: '304', status: 304 }],
      ['IfNoneMatch of another', { IfNoneMatch: '"0"' }, { code: 'none', status: undefined }],
      ['IfUnmodifiedSince long ago', { IfUnmodifiedSince: new Date(0) }, preconditionFailed],
      ['IfModifiedSince long ago', { IfModifiedSince: new Date(0) }, { code: 'none', status: undefined }],
    ])('reads with %s', async (_name, conditions, expected) => {
      const { client, bucket, key } = fixture();
      const Key = key();
      const { ETag = '' } = await put(Key, 'x');
      const own =
        'IfNoneMatch' in conditions && conditions.IfNoneMatch === 'own' ? { IfNoneMatch: ETag } : {};
      const input = { Bucket: bucket, Key, ...conditions, ...own };
      const { status } = await refusalOf(client.send(new GetObjectCommand(input)));
      expect(status).toBe(expected.status);
      expect((await refusalOf(client.send(new HeadObjectCommand(input)))).status).toBe(expected.status);
    });

    it('copies only what it read', async () => {
      const { client, bucket, key } = fixture();
      const source = key();
      const { ETag = '' } = await put(source, 'x');
      const copy = (conditions: { CopySourceIfMatch?: string; CopySourceIfNoneMatch?: string }) => {
        const CopySource = `${bucket}/${source}`;
        return refusalOf(
          client.send(new CopyObjectCommand({ Bucket: bucket, Key: key(), CopySource, ...conditions })),
        );
      };
      expect(await copy({ CopySourceIfMatch: '"0"' })).toEqual(preconditionFailed);
      expect(await copy({ CopySourceIfNoneMatch: ETag })).toEqual(preconditionFailed);
      expect(await copy({ CopySourceIfMatch: ETag })).toEqual({ code: 'none', status: undefined });
    });
  });
}
