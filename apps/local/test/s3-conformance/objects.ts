import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { type Fixture, refusalOf } from './conformance-target.ts';

export function describeObjects(fixture: () => Fixture) {
  const put = (Key: string, input: Partial<ConstructorParameters<typeof PutObjectCommand>[0]> = {}) =>
    fixture().client.send(new PutObjectCommand({ Bucket: fixture().bucket, Key, ...input }));
  const get = (Key: string, input: Partial<ConstructorParameters<typeof GetObjectCommand>[0]> = {}) =>
    fixture().client.send(new GetObjectCommand({ Bucket: fixture().bucket, Key, ...input }));
  const head = (Key: string) =>
    fixture().client.send(new HeadObjectCommand({ Bucket: fixture().bucket, Key }));

  describe('objects', () => {
    it('gives back what was put, with its MD5 as ETag', async () => {
      const key = fixture().key();
      const { ETag } = await put(key, { Body: 'hello' });
      expect(ETag).toBe(`"${createHash('md5').update('hello').digest('hex')}"`);
      const got = await get(key);
      expect(await got.Body?.transformToString()).toBe('hello');
      expect(got).toMatchObject({ ETag, ContentLength: 5, AcceptRanges: 'bytes' });
      expect(got.LastModified?.getMilliseconds()).toBe(0);
    });

    it('streams a body of several chunks and verifies its checksum trailer', async () => {
      const key = fixture().key();
      const pieces = Array.from({ length: 40 }, (_, index) => Buffer.alloc(70_001, index));
      const ContentLength = 40 * 70_001;
      const result = await put(key, { Body: Readable.from(pieces), ContentLength });
      expect(result.ChecksumCRC32).toBeDefined();
      const got = await get(key);
      expect(got.ChecksumCRC32).toBe(result.ChecksumCRC32);
      expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Buffer.concat(pieces));
    });

    it('keeps an empty object, and refuses every range of it', async () => {
      const key = fixture().key();
      await put(key, { Body: '' });
      expect(await head(key)).toMatchObject({ ContentLength: 0, ETag: '"d41d8cd98f00b204e9800998ecf8427e"' });
      expect(await refusalOf(get(key, { Range: 'bytes=0-0' }))).toEqual({
        code: 'InvalidRange',
        status: 416,
      });
    });

    it('keeps what is said about an object', async () => {
      const key = fixture().key();
      const output = {
        ContentType: 'video/mp4; codecs="avc1.64001f"',
        CacheControl: 'public, max-age=31536000, immutable',
        ContentDisposition: 'attachment; filename="a.mp4"',
        ContentEncoding: 'gzip',
        ContentLanguage: 'de',
        Metadata: { source: 'camera 1', 'upload-id': '42' },
      };
      await put(key, { Body: 'x', ...output });
      expect(await head(key)).toMatchObject(output);
      expect(await get(key, { ResponseContentType: 'text/plain' })).toMatchObject({
        ContentType: 'text/plain',
      });
    });

    it.each([
      ['bytes=0-1', 'ab', 'bytes 0-1/6'],
      ['bytes=2-', 'cdef', 'bytes 2-5/6'],
      ['bytes=-2', 'ef', 'bytes 4-5/6'],
      ['bytes=4-100', 'ef', 'bytes 4-5/6'],
      ['bytes=-100', 'abcdef', 'bytes 0-5/6'],
    ])('serves the range %s', async (Range, text, ContentRange) => {
      const key = fixture().key();
      await put(key, { Body: 'abcdef' });
      const got = await get(key, { Range });
      expect(await got.Body?.transformToString()).toBe(text);
      expect(got).toMatchObject({ ContentRange, ContentLength: text.length });
      expect(got.$metadata.httpStatusCode).toBe(206);
    });

    it('refuses a range behind the end', async () => {
      const key = fixture().key();
      await put(key, { Body: 'abcdef' });
      expect(await refusalOf(get(key, { Range: 'bytes=6-7' }))).toEqual({
        code: 'InvalidRange',
        status: 416,
      });
    });

    it.each([
      ['spaces, plus and percent', 'a b+c%20d%2Be?f#g&h=i;j'],
      ['accents and emoji', 'Grüße/日本語/🎬🏳️‍🌈.mov'],
      ['composed', 'caf\u00e9'],
      ['decomposed', 'cafe\u0301'],
      ['dots that climb', '../../etc/./passwd'],
      ['empty segments', 'a//b///'],
      ['control characters', 'a\u0001b\tc\rd'],
      ['quotes and brackets', `"'<&>()[]{}*!~|\\^\``],
    ])('keeps a key of %s apart from all others', async (_name, name) => {
      const key = fixture().key(name);
      await put(key, { Body: name });
      expect(await (await get(key)).Body?.transformToString()).toBe(name);
      expect(await refusalOf(head(key.normalize('NFC') === key ? `${key}x` : key.normalize('NFC')))).toEqual({
        code: 'NotFound',
        status: 404,
      });
    });

    it('takes keys of 1024 bytes and no longer', async () => {
      const start = fixture().key('');
      const max = start + 'é'.repeat((1024 - start.length) / 2);
      const key = max + 'x'.repeat(1024 - Buffer.byteLength(max));
      await put(key, { Body: 'x' });
      expect((await head(key)).ContentLength).toBe(1);
      expect(await refusalOf(put(`${key}x`, { Body: 'x' }))).toEqual({
        code: 'KeyTooLongError',
        status: 400,
      });
    });

    it('answers 404 for what is not there', async () => {
      const key = fixture().key();
      expect(await refusalOf(get(key))).toEqual({ code: 'NoSuchKey', status: 404 });
      expect(await refusalOf(head(key))).toEqual({ code: 'NotFound', status: 404 });
    });

    it('deletes one, and many at once, known or not', async () => {
      const [first, second, never] = [fixture().key(), fixture().key('a&b <c>'), fixture().key()];
      const { client, bucket } = fixture();
      await put(first, { Body: '1' });
      await put(second, { Body: '2' });
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: first }));
      expect(await refusalOf(get(first))).toEqual({ code: 'NoSuchKey', status: 404 });
      const Objects = [{ Key: second }, { Key: never }];
      const result = await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
      expect(result.Deleted?.map(({ Key }) => Key)).toEqual([second, never]);
      expect(result.Errors).toBeUndefined();
      expect(await refusalOf(get(second))).toEqual({ code: 'NoSuchKey', status: 404 });
    });
  });
}
