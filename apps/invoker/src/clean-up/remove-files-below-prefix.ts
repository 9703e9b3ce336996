import type { InvokerDependencies } from '../invoker-dependencies.ts';

/** S3 lists and deletes up to 1,000 objects per call. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const filesPerPage = 1_000;

/**
 * Removes the files below the prefix of a version, 1,000 per page.
 * @returns the number of removed files, and whether none is left
 */
export async function removeFilesBelowPrefix(
  { store, settings: { outputBucket } }: InvokerDependencies,
  prefix: string,
  maxPages: number,
): Promise<{ removed: number; isGone: boolean }> {
  let removed = 0;
  for (let page = 0; page < maxPages; page += 1) {
    const files = await store.list(outputBucket, prefix, { limit: filesPerPage });
    await store.remove(
      outputBucket,
      files.map(({ key }) => key),
    );
    removed += files.length;
    if (files.length < filesPerPage) return { removed, isGone: true };
  }
  return { removed, isGone: false };
}
