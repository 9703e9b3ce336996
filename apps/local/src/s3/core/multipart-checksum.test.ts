import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChecksumAlgorithm } from './checksum.ts';
import { createChecksum } from './create-checksum.ts';
import { multipartChecksum } from './multipart-checksum.ts';

async function compute(algorithm: ChecksumAlgorithm, data: Uint8Array): Promise<string> {
  const running = createChecksum(algorithm);
  running.update(data);
  return running.base64();
}

describe('multipartChecksum', () => {
  const part = (checksum?: string, sizeBytes = 5) => ({
    partNumber: 1,
    eTag: '',
    sizeBytes,
    lastModifiedMillis: 0,
    ...(checksum === undefined ? {} : { checksum }),
  });

  it.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)(
    'combines the %s of the parts into that of the whole',
    async (algorithm) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.uint8Array(), { minLength: 1, maxLength: 4 }), async (contents) => {
          const parts = await Promise.all(
            contents.map(async (content) => part(await compute(algorithm, content), content.length)),
          );
          const combined = await multipartChecksum(algorithm, 'FULL_OBJECT', parts);
          expect(combined?.value).toBe(await compute(algorithm, Buffer.concat(contents)));
        }),
      );
    },
  );

  it('is the checksum of the only part', async () => {
    expect((await multipartChecksum('CRC32', 'FULL_OBJECT', [part('NhCmhg==')]))?.value).toBe('NhCmhg==');
  });

  it('ends in the number of parts where it is composite', async () => {
    const checksum = await multipartChecksum('CRC32', 'COMPOSITE', [part('NhCmhg=='), part('NhCmhg==')]);
    expect(checksum?.value).toMatch(/==-2$/);
  });

  it('is undefined where a part has none or where it cannot be combined', async () => {
    expect(await multipartChecksum('CRC32', 'COMPOSITE', [part()])).toBeUndefined();
    expect(await multipartChecksum('SHA256', 'FULL_OBJECT', [part('AAAA')])).toBeUndefined();
  });
});
