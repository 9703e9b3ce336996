/** A range of bytes, both ends inclusive, as in HTTP. */
export interface ByteRange {
  readonly firstByte: number;
  readonly lastByte: number;
}

/**
 * Parses a Range header for an object of `sizeBytes`.
 * Returns `whole` where the header is missing or not supported (S3 ignores several ranges and other units).
 */
export function parseByteRange(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match) return 'whole';
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const suffixBytes = Number(last);
    if (suffixBytes === 0 || sizeBytes === 0) return 'unsatisfiable';
    return { firstByte: Math.max(0, sizeBytes - suffixBytes), lastByte: sizeBytes - 1 };
  }
  const firstByte = Number(first);
  const lastByte = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== '' && Number(last) < firstByte) return 'whole';
  return firstByte >= sizeBytes ? 'unsatisfiable' : { firstByte, lastByte };
}

/** Parses the `x-amz-copy-source-range` of UploadPartCopy, which needs both ends, within the source. */
export function parseCopyRange(header: string, sizeBytes: number): ByteRange | undefined {
  const match = /^bytes=(\d+)-(\d+)$/.exec(header.trim());
  const firstByte = Number(match?.[1]);
  const lastByte = Number(match?.[2]);
  return match && firstByte <= lastByte && lastByte < sizeBytes ? { firstByte, lastByte } : undefined;
}
