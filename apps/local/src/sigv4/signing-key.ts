import { createHash, createHmac } from 'node:crypto';

/** The key of one day, region and service; `scope` is `20130524/us-east-1/s3/aws4_request`. */
export function signingKey(secretAccessKey: string, scope: string): Buffer {
  return scope
    .split('/')
    .reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secretAccessKey}`, 'utf8'));
}

/** Hex signature of a text to sign. */
export function signText(key: Buffer, text: string): string {
  return hmac(key, text).toString('hex');
}

/** Hex SHA-256. Header text is hashed as the bytes that travelled (HTTP/1.1 header bytes are latin1 in Node). */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}
