const mebibyte = 2 ** 20;
/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const maxParts = 10_000;
export const maxUploadBytes = 5 * 2 ** 40;
/** Large enough that requests cost little, small enough that a lost one does. */
const usualPartBytes = 16 * mebibyte;

/** The size of all parts but the last: whole mebibytes. */
export function partSizeOf(sizeBytes: number): number {
  return Math.max(usualPartBytes, Math.ceil(sizeBytes / maxParts / mebibyte) * mebibyte);
}

export function partCountOf({
  sizeBytes,
  partSizeBytes,
}: {
  sizeBytes: number;
  partSizeBytes: number;
}): number {
  return Math.ceil(sizeBytes / partSizeBytes);
}

/** The size of a part, from 1. */
export function sizeOfPart(partNumber: number, layout: { sizeBytes: number; partSizeBytes: number }): number {
  const start = (partNumber - 1) * layout.partSizeBytes;
  return Math.min(layout.partSizeBytes, layout.sizeBytes - start);
}
