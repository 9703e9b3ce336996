import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { describe, expect, it } from 'vitest';
import { type Fixture, refusalOf } from './conformance-target.ts';

const mebibyte = 1024 * 1024;

export function describeMultipart(fixture: () => Fixture) {
  const create = async (
    Key: string,
    input: Partial<ConstructorParameters<typeof CreateMultipartUploadCommand>[0]> = {},
  ) => {
    const { client, bucket } = fixture();
    const { UploadId = '' } = await client.send(
      new CreateMultipartUploadCommand({ Bucket: bucket, Key, ...input }),
    );
    return { Bucket: bucket, Key, UploadId };
  };
  type Started = Awaited<ReturnType<typeof create>>;
  const upload = async (started: Started, PartNumber: number, Body: Buffer): Promise<CompletedPart> => {
    const part = await fixture().client.send(new UploadPartCommand({ ...started, PartNumber, Body }));
    const sum = part.ChecksumCRC32 === undefined ? {} : { ChecksumCRC32: part.ChecksumCRC32 };
    return { PartNumber, ETag: part.ETag ?? '', ...sum };
  };
  const complete = (started: Started, Parts: CompletedPart[], input: { IfNoneMatch?: string } = {}) =>
    fixture().client.send(
      new CompleteMultipartUploadCommand({ ...started, MultipartUpload: { Parts }, ...input }),
    );
  const read = async (Key: string, Range?: string) => {
    const range = Range === undefined ? {} : { Range };
    const got = await fixture().client.send(
      new GetObjectCommand({ Bucket: fixture().bucket, Key, ...range }),
    );
    return Buffer.from((await got.Body?.transformToByteArray()) ?? []);
  };
  const hash = (data: Buffer) => createHash('sha256').update(data).digest('hex');

  describe('multipart uploads', () => {
    it('takes a stream of unknown length from lib-storage', async () => {
      const { client, bucket, key } = fixture();
      const Key = key();
      const content = randomBytes(11 * mebibyte);
      const Body = Readable.from([content.subarray(0, 3_000_001), content.subarray(3_000_001)]);
      const params = { Bucket: bucket, Key, Body, ContentType: 'video/mp4', Metadata: { kind: 'test' } };
      const result = await new Upload({ client, params, partSize: 5 * mebibyte }).done();
      expect(result.ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
      expect(hash(await read(Key))).toBe(hash(content));
      const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key }));
      const output = { ContentLength: content.length, ContentType: 'video/mp4', Metadata: { kind: 'test' } };
      expect(head).toMatchObject(output);
      const across = [5 * mebibyte - 3, 5 * mebibyte + 2] as const;
      expect(await read(Key, `bytes=${across[0]}-${across[1]}`)).toEqual(
        content.subarray(across[0], across[1] + 1),
      );
      const part = await client.send(new GetObjectCommand({ Bucket: bucket, Key, PartNumber: 2 }));
      expect(part).toMatchObject({ PartsCount: 3, ContentLength: 5 * mebibyte });
      expect(hash(Buffer.from((await part.Body?.transformToByteArray()) ?? []))).toBe(
        hash(content.subarray(5 * mebibyte, 10 * mebibyte)),
      );
    });

    it('is invisible until completed, and takes the latest of a part', async () => {
      const key = fixture().key();
      const started = await create(key);
      await upload(started, 7, Buffer.from('first'));
      const part = await upload(started, 7, Buffer.from('second'));
      expect((await refusalOf(read(key))).code).toBe('NoSuchKey');
      const listed = await fixture().client.send(new ListPartsCommand(started));
      expect(listed.Parts).toMatchObject([{ PartNumber: 7, Size: 6, ETag: part.ETag }]);
      await complete(started, [part]);
      expect((await read(key)).toString()).toBe('second');
      expect((await refusalOf(upload(started, 8, Buffer.from('x')))).code).toBe('NoSuchUpload');
    });

    it('refuses parts out of order, unknown, too small, or none', async () => {
      const started = await create(fixture().key());
      const first = await upload(started, 1, Buffer.from('too small'));
      const second = await upload(started, 2, Buffer.from('last'));
      expect(await refusalOf(complete(started, [second, first]))).toEqual({
        code: 'InvalidPartOrder',
        status: 400,
      });
      expect(await refusalOf(complete(started, [first, second]))).toEqual({
        code: 'EntityTooSmall',
        status: 400,
      });
      const wrong = { ...second, ETag: '"00000000000000000000000000000000"' };
      expect(await refusalOf(complete(started, [wrong]))).toEqual({ code: 'InvalidPart', status: 400 });
      expect(await refusalOf(complete(started, []))).toEqual({ code: 'MalformedXML', status: 400 });
      await complete(started, [second]);
    });

    it('completes only where nothing is, and keeps the upload when refused', async () => {
      const { client, bucket, key } = fixture();
      const Key = key();
      const started = await create(Key);
      const part = await upload(started, 1, Buffer.from('mine'));
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'theirs' }));
      expect(await refusalOf(complete(started, [part], { IfNoneMatch: '*' }))).toEqual({
        code: 'PreconditionFailed',
        status: 412,
      });
      expect((await read(Key)).toString()).toBe('theirs');
      await complete(started, [part]);
      expect((await read(Key)).toString()).toBe('mine');
    });

    it('forgets an aborted upload', async () => {
      const { client, bucket } = fixture();
      const started = await create(fixture().key());
      await upload(started, 1, Buffer.from('x'));
      const listing = new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: started.Key });
      expect((await client.send(listing)).Uploads).toMatchObject([{ UploadId: started.UploadId }]);
      await client.send(new AbortMultipartUploadCommand(started));
      expect((await client.send(listing)).Uploads).toBeUndefined();
      expect((await refusalOf(client.send(new ListPartsCommand(started)))).code).toBe('NoSuchUpload');
    });

    it('copies ranges of objects into parts', async () => {
      const { client, bucket, key } = fixture();
      const source = key('the source');
      const content = randomBytes(5 * mebibyte + 100);
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: source, Body: content }));
      const started = await create(key());
      const copy = async (PartNumber: number, CopySourceRange: string): Promise<CompletedPart> => {
        const CopySource = `${bucket}/${encodeURIComponent(source)}`;
        const input = { ...started, PartNumber, CopySource, CopySourceRange };
        const { CopyPartResult } = await client.send(new UploadPartCopyCommand(input));
        return { PartNumber, ETag: CopyPartResult?.ETag ?? '' };
      };
      const parts = [await copy(1, `bytes=0-${5 * mebibyte - 1}`), await copy(2, 'bytes=10-19')];
      await complete(started, parts);
      const expected = Buffer.concat([content.subarray(0, 5 * mebibyte), content.subarray(10, 20)]);
      expect(hash(await read(started.Key))).toBe(hash(expected));
    });

    it('computes one checksum over all parts where asked to', async () => {
      const started = await create(fixture().key(), {
        ChecksumAlgorithm: 'CRC32',
        ChecksumType: 'FULL_OBJECT',
      });
      const content = randomBytes(5 * mebibyte + 1234);
      const parts = [
        await upload(started, 1, content.subarray(0, 5 * mebibyte)),
        await upload(started, 2, content.subarray(5 * mebibyte)),
      ];
      const result = await complete(started, parts);
      const whole = await fixture().client.send(
        new PutObjectCommand({ Bucket: started.Bucket, Key: fixture().key(), Body: content }),
      );
      expect(result.ChecksumCRC32).toBe(whole.ChecksumCRC32);
    });
  });
}
