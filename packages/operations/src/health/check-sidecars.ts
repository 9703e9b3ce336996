import { ignoredObjectKind, uploadPrefix } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';
import { createFinding, type Finding } from './finding.ts';

/** One page of a listing; a full count of a large bucket would take minutes. */
const maxListed = 1_000;
const shownNames = 3;

/**
 * Names sidecars in the source bucket, which any tool may have put there: they get no job, so nothing else says that they are
 * not used.
 */
export async function checkSidecars({
  store,
  sourceBucket,
}: Pick<Stack, 'store' | 'sourceBucket'>): Promise<Finding> {
  const objects = await store.list(sourceBucket, uploadPrefix, { limit: maxListed });
  const sidecars = objects.filter(({ key, sizeBytes }) => ignoredObjectKind(key, sizeBytes) === 'sidecar');
  const names = sidecars.slice(0, shownNames).map(({ key }) => key);
  const first = objects.length === maxListed ? `of the first ${maxListed} objects ` : '';
  const found =
    sidecars.length === 0
      ? `none ${first}beside the uploads`
      : `${sidecars.length} ${first}ignored (${names.join(', ')}${sidecars.length > shownNames ? ', …' : ''}): only streams inside a video are used, so put subtitles into the file`;
  return createFinding('sidecars', found, null);
}
