import type { Readable } from 'node:stream';
import type { ChangeOrigin } from '../disk/prepare-notifications.ts';
import type { ReceivedBody } from './receive-body.ts';

/** A request whose signature is verified and whose operation is known and permitted. */
export interface S3Request {
  readonly bucket: string;
  /** '' for operations on buckets. */
  readonly key: string;
  /** Without the parameters of the signature and those that replace headers. */
  readonly query: ReadonlyMap<string, string>;
  readonly header: (name: string) => string | undefined;
  readonly headerNames: readonly string[];
  readonly origin: ChangeOrigin;
  /** Throws AccessDenied without this permission; for operations that use several objects. */
  readonly permit: (action: string, resourceArn: string) => void;
  readonly receiveBody: () => ReceivedBody;
  /** The body as text, for request documents. Throws MalformedXML where it is too long. */
  readonly readDocument: () => Promise<string>;
}

export interface S3Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Readable | undefined;
}

export function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}

export function objectArn(bucket: string, key: string): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}
