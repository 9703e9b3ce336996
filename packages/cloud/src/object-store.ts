import { createReadStream, createWriteStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { FyrestreamError } from '@fyrestream/events';
import type { Connection } from './connection.ts';
import { copySourceOf, type ObjectAddress } from './object-address.ts';
import { headersOf, type ObjectHeaders } from './object-headers.ts';
import { isMissingObjectError, missingObjectError, toObjectStoreError } from './object-store-error.ts';
import { countRequests, type RequestCounts } from './request-counts.ts';
import { createS3Client } from './s3-client.ts';

export interface ObjectFacts {
  readonly sizeBytes: number;
  /** Without quotes. */
  readonly etag: string;
  readonly versionId: string | null;
  /** ISO 8601. */
  readonly lastModified: string;
  /** By names in lower case, without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly contentType?: string;
}

/** The condition of a write: the object has this ETag, or does not exist. */
export type Precondition = { ifMatch: string } | { ifNoneMatch: '*' };

export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly lastModified: string;
}

/** How often in a row a broken download is resumed without receiving a byte. */
const maxResumptionsWithoutProgress = 8;

/** The S3 operations of Fyrestream. Large bodies are streamed, not kept in memory. */
export type ObjectStore = ReturnType<typeof createObjectStore>;

export function createObjectStore(connection: Connection) {
  const client = createS3Client(connection);
  const requestCounts = countRequests(client);
  return {
    /** Of this store, so far. */
    requestCounts: (): RequestCounts => requestCounts(),

    /** @returns null if the object does not exist */
    async head(address: ObjectAddress): Promise<ObjectFacts | null> {
      try {
        const head = await client.send(new HeadObjectCommand(inputOf(address)));
        return {
          sizeBytes: head.ContentLength ?? 0,
          etag: unquoted(head.ETag),
          versionId: head.VersionId ?? null,
          lastModified: (head.LastModified ?? new Date(0)).toISOString(),
          metadata: head.Metadata ?? {},
          ...(head.ContentType !== undefined && { contentType: head.ContentType }),
        };
      } catch (error) {
        if (isMissingObjectError(error)) return null;
        throw toObjectStoreError(error, address);
      }
    },

    /** Bytes `[start, end]`, both included as in HTTP; fewer if the object is shorter. */
    async readRange(
      address: ObjectAddress,
      start: number,
      end: number,
      signal?: AbortSignal,
    ): Promise<Uint8Array> {
      const { body } = await open(client, address, { range: `bytes=${start}-${end}`, signal });
      if (signal === undefined) return body.transformToByteArray();
      // Unlike `transformToByteArray`, it ends when the signal is aborted.
      return pipeline(body as unknown as Readable, (chunks) => buffer(chunks), { signal });
    },

    async readText(address: ObjectAddress): Promise<string> {
      return (await open(client, address)).body.transformToString();
    },

    /**
     * Streams an object into a file; resumes after a broken connection.
     * @throws FyrestreamError `precondition-failed` if the object was replaced between two connections
     */
    async download(address: ObjectAddress, path: string, signal?: AbortSignal): Promise<void> {
      await writeFile(path, '');
      let begin = 0;
      let etag: string | undefined;
      for (let withoutProgress = 0; ; ) {
        try {
          const object = await open(client, address, {
            range: begin > 0 ? `bytes=${begin}-` : undefined,
            etag,
            signal,
          });
          etag = object.etag;
          // Writes at an offset instead of appending: late bytes of a broken connection are written to their own place.
          const file = createWriteStream(path, { flags: 'r+', start: begin });
          await pipeline(object.body as unknown as Readable, file, ...(signal ? [{ signal }] : []));
          return;
        } catch (error) {
          if (signal?.aborted || error instanceof FyrestreamError || isFileSystemError(error)) throw error;
          // The connection broke after the last byte.
          if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 416) return;
          const { size } = await stat(path);
          withoutProgress = size > begin ? 0 : withoutProgress + 1;
          if (withoutProgress > maxResumptionsWithoutProgress) throw toObjectStoreError(error, address);
          begin = size;
        }
      }
    },

    /** Stores bytes from memory. */
    async put(
      address: ObjectAddress,
      body: Uint8Array | string,
      headers: ObjectHeaders,
      precondition?: Precondition,
    ): Promise<{ etag: string }> {
      try {
        const result = await client.send(
          new PutObjectCommand({
            ...inputOf(address),
            Body: body,
            ...headersOf(headers),
            ...(precondition && 'ifMatch' in precondition && { IfMatch: precondition.ifMatch }),
            ...(precondition && 'ifNoneMatch' in precondition && { IfNoneMatch: precondition.ifNoneMatch }),
          }),
        );
        return { etag: unquoted(result.ETag) };
      } catch (error) {
        throw toObjectStoreError(error, address);
      }
    },

    /** Streams a file into an object, as a multipart upload if it is large. */
    async upload(
      address: ObjectAddress,
      path: string,
      headers: ObjectHeaders,
      options: { signal?: AbortSignal; onProgress?: (sentBytes: number) => void } = {},
    ): Promise<{ etag: string; versionId: string | null }> {
      const upload = new Upload({
        client,
        params: {
          ...inputOf(address),
          Body: createReadStream(path, { highWaterMark: readBytes }),
          ...headersOf(headers),
        },
        queueSize: 3,
        partSize: partSizeFor((await stat(path)).size),
      });
      options.signal?.addEventListener('abort', () => void upload.abort(), { once: true });
      if (options.onProgress) {
        upload.on('httpUploadProgress', (progress) => options.onProgress?.(progress.loaded ?? 0));
      }
      try {
        const result = await upload.done();
        return { etag: unquoted(result.ETag), versionId: result.VersionId ?? null };
      } catch (error) {
        throw toObjectStoreError(error, address);
      }
    },

    /** Copies inside S3, without a download. */
    async copy(from: ObjectAddress, to: ObjectAddress, headers: ObjectHeaders): Promise<void> {
      try {
        await client.send(
          new CopyObjectCommand({
            Bucket: to.bucket,
            Key: to.key,
            CopySource: copySourceOf(from),
            MetadataDirective: 'REPLACE',
            ...headersOf(headers),
          }),
        );
      } catch (error) {
        throw toObjectStoreError(error, from);
      }
    },

    /** One page of a listing, ordered by key. */
    async list(
      bucket: string,
      prefix: string,
      options: { startAfter?: string; limit?: number } = {},
    ): Promise<ListedObject[]> {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          MaxKeys: options.limit ?? 1_000,
          ...(options.startAfter && { StartAfter: options.startAfter }),
        }),
      );
      return (page.Contents ?? []).map((object) => ({
        key: object.Key ?? '',
        sizeBytes: object.Size ?? 0,
        lastModified: (object.LastModified ?? new Date(0)).toISOString(),
      }));
    },

    /**
     * Removes an object if it still has this ETag; in a versioned bucket its versions stay below a delete marker.
     * @throws FyrestreamError `precondition-failed`, `object-missing`
     * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
     */
    async removeUnchanged({ bucket, key }: ObjectAddress, etag: string): Promise<void> {
      try {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, IfMatch: etag }));
      } catch (error) {
        throw toObjectStoreError(error, { bucket, key });
      }
    },

    /** Removes up to 1,000 objects; an object that does not exist counts as removed. */
    async remove(bucket: string, keys: readonly string[]): Promise<void> {
      if (keys.length === 0) return;
      const { Errors = [] } = await client.send(
        new DeleteObjectsCommand({
          Bucket: bucket,
          Delete: { Objects: keys.map((key) => ({ Key: key })), Quiet: true },
        }),
      );
      const [first] = Errors;
      if (first === undefined) return;
      throw new FyrestreamError({
        code: 'objects-not-removed',
        message: `${Errors.length} objects of ${bucket} were not removed; ${first.Key}: ${first.Message}`,
        retryable: true,
      });
    },
  };
}

function inputOf({ bucket, key, versionId }: ObjectAddress) {
  return { Bucket: bucket, Key: key, ...(versionId && { VersionId: versionId }) };
}

async function open(
  client: S3Client,
  address: ObjectAddress,
  options: { range?: string | undefined; etag?: string | undefined; signal?: AbortSignal | undefined } = {},
) {
  const { range, etag, signal } = options;
  try {
    const { Body, ETag } = await client.send(
      new GetObjectCommand({
        ...inputOf(address),
        ...(range && { Range: range }),
        ...(etag && { IfMatch: etag }),
      }),
      signal ? { abortSignal: signal } : {},
    );
    if (Body === undefined) throw missingObjectError(address);
    return { body: Body, etag: ETag };
  } catch (error) {
    throw toObjectStoreError(error, address);
  }
}

/** Large pieces take less CPU time than the 64 KiB of Node. */
const readBytes = 1024 * 1024;

const partsAllowed = 10_000;
const minPartBytes = 8 * 1024 * 1024;

/** S3 accepts 10,000 parts of at least 5 MiB. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
function partSizeFor(sizeBytes: number): number {
  return Math.max(minPartBytes, Math.ceil(sizeBytes / partsAllowed));
}

function unquoted(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}
