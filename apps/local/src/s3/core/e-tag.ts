import { createHash } from 'node:crypto';

/**
 * The ETag of a completed multipart upload: the MD5 of the binary MD5s of the parts, a dash, and the number of parts.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function multipartETag(partETags: readonly string[]): string {
  const hash = createHash('md5');
  for (const eTag of partETags) hash.update(Buffer.from(eTag, 'hex'));
  return `${hash.digest('hex')}-${partETags.length}`;
}

/** Removes the quotes, which not all clients send. */
export function unquoteETag(eTag: string): string {
  const text = eTag.trim();
  return text.startsWith('"') && text.endsWith('"') && text.length >= 2 ? text.slice(1, -1) : text;
}

export function quoteETag(eTag: string): string {
  return `"${eTag}"`;
}
