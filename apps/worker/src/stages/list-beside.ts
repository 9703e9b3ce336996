import type { ListedObject } from '@fyrestream/cloud';
import { besideKeyPrefix } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';

/** Ten pages: a folder of ten thousand files whose names begin with that of one video is no library of films. */
const maxListed = 10_000;

/** The objects whose names begin with that of the upload. */
export async function listBeside({ store, job }: JobContext): Promise<ListedObject[]> {
  const { bucket, key } = job.upload;
  const listed: ListedObject[] = [];
  for (let startAfter: string | undefined; listed.length < maxListed; ) {
    const page = await store.list(bucket, besideKeyPrefix(key), startAfter ? { startAfter } : {});
    listed.push(...page);
    startAfter = page.at(-1)?.key;
    if (startAfter === undefined) break;
  }
  return listed;
}
