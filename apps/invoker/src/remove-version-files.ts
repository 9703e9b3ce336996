import type { InvokerDependencies } from './invoker-dependencies.ts';

/** S3 lists and removes a thousand at once. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const filesAtOnce = 1_000;

/**
 * Removes the files below a version's prefix, a thousand a page.
 * @returns how many were removed, and whether none is left
 */
export async function removeVersionFiles(
  { store, settings: { outputBucket } }: InvokerDependencies,
  prefix: string,
  maxPages: number,
): Promise<{ removed: number; isGone: boolean }> {
  let removed = 0;
  for (let page = 0; page < maxPages; page += 1) {
    const files = await store.list(outputBucket, prefix, { limit: filesAtOnce });
    await store.remove(
      outputBucket,
      files.map(({ key }) => key),
    );
    removed += files.length;
    if (files.length < filesAtOnce) return { removed, isGone: true };
  }
  return { removed, isGone: false };
}
