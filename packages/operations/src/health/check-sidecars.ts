import type { ListedObject } from '@fyrestream/cloud';
import { ignoredObjectKind, uploadPrefix } from '@fyrestream/events';
import { captionKeyPrefix, chooseCaptionFiles } from '@fyrestream/media';
import { listLateCaptions } from '../captions/list-late-captions.ts';
import type { Stack } from '../stack/stack.ts';
import { createFinding, type Finding } from './finding.ts';

/** One page of a listing; a full count of a large bucket would take minutes. */
const maxListed = 1_000;
/** Videos with captions whose plan is read. */
const maxPlansRead = 50;
const shownNames = 3;

/**
 * Names sidecars in the source bucket that are not used: they get no job, so nothing else says so. Captions are used if they
 * belong to a video and were there when its job was planned.
 */
export async function checkSidecars(
  stack: Pick<Stack, 'ledger' | 'store' | 'sourceBucket' | 'outputBucket'>,
): Promise<Finding> {
  const objects = await stack.store.list(stack.sourceBucket, uploadPrefix, { limit: maxListed });
  const sidecars = objects.filter(({ key, sizeBytes }) => ignoredObjectKind(key, sizeBytes) === 'sidecar');
  const captioned = videosWithCaptions(objects);
  const used = new Set(captioned.flatMap(({ captions }) => captions.map(({ key }) => key)));
  const late = await lateCaptions(stack, captioned);
  const unused = sidecars.filter(({ key }) => !used.has(key)).map(({ key }) => key);
  const first = objects.length === maxListed ? ` of the first ${maxListed} objects` : '';
  const found = [
    sidecars.length === 0
      ? `none${first} beside the uploads`
      : `${used.size}${first} with captions of a video`,
    ...(unused.length === 0
      ? []
      : [
          `${unused.length} ignored (${namesOf(unused)}): only captions (.srt, .vtt, .ttml) with the name of a video are used`,
        ]),
    ...(late.length === 0
      ? []
      : [
          `${late.length} came after their video was planned (${namesOf(late)}): remake the video to use them`,
        ]),
  ];
  return createFinding('sidecars', found.join('; '), null);
}

interface CaptionedVideo {
  readonly key: string;
  readonly captions: readonly Pick<ListedObject, 'key'>[];
  /** Of the newest caption. */
  readonly lastModified: string;
}

function videosWithCaptions(objects: readonly ListedObject[]): CaptionedVideo[] {
  const videos = objects.filter(({ key, sizeBytes }) => ignoredObjectKind(key, sizeBytes) === null);
  return videos.flatMap(({ key }) => {
    const prefix = captionKeyPrefix(key);
    const beside = objects.filter((object) => object.key.startsWith(prefix));
    const { files, refused } = chooseCaptionFiles(key, beside);
    const captions = [...files, ...refused];
    const times = beside.filter((object) => captions.some((caption) => caption.key === object.key));
    const [lastModified] = times
      .map((object) => object.lastModified)
      .toSorted()
      .toReversed();
    return lastModified === undefined ? [] : [{ key, captions, lastModified }];
  });
}

/** Captions that are older than the job were there when it was planned: only the other plans are read. */
async function lateCaptions(
  stack: Pick<Stack, 'ledger' | 'store' | 'outputBucket'>,
  videos: readonly CaptionedVideo[],
): Promise<string[]> {
  const newestFirst = videos.toSorted((left, right) => (left.lastModified < right.lastModified ? 1 : -1));
  const late = new Set<string>();
  for (const { key, lastModified } of newestFirst.slice(0, maxPlansRead)) {
    const output = await stack.ledger.readOutput(key);
    const job = output && (await stack.ledger.readJob(output.latest.jobId));
    // S3 gives whole seconds.
    if (!job || Date.parse(lastModified) + 1_000 < Date.parse(job.createdAt)) continue;
    for (const caption of await listLateCaptions(stack, job)) late.add(caption);
  }
  return [...late].toSorted();
}

function namesOf(keys: readonly string[]): string {
  return `${keys.slice(0, shownNames).join(', ')}${keys.length > shownNames ? ', …' : ''}`;
}
