import { maxKeyBytes } from '@fyrestream/events';
/** Rules: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !name.startsWith('xn--')
  );
}

export function isKeyTooLong(key: string): boolean {
  return Buffer.byteLength(key, 'utf8') > maxKeyBytes;
}
