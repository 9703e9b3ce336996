import type { ListedObject } from '@fyrestream/cloud';
import { ignoredObjectKind, uploadPrefix } from '@fyrestream/events';
import { besideKeyPrefix, chooseAudioFiles, chooseCaptionFiles } from '@fyrestream/media';
import { listLateFiles } from '../beside/list-late-files.ts';
import type { Stack } from '../stack/stack.ts';
import { createFinding, type Finding } from './finding.ts';

/** One page of a listing; a full count of a large bucket would take minutes. */
const maxListed = 1_000;
/** Videos with files beside them whose plan is read. */
const maxPlansRead = 50;
const shownNames = 3;

/**
 * Names sidecars in the source bucket that are not used: they get no job, so nothing else says so. Captions and further audio are used
 * if they belong to a video and were there when its job was planned.
 */
export async function checkSidecars(
  stack: Pick<Stack, 'ledger' | 'store' | 'sourceBucket' | 'outputBucket'>,
): Promise<Finding> {
  const objects = await stack.store.list(stack.sourceBucket, uploadPrefix, { limit: maxListed });
  const sidecars = objects.filter(({ key, sizeBytes }) => ignoredObjectKind(key, sizeBytes) === 'sidecar');
  const videos = videosWithFiles(objects);
  const used = new Set(videos.flatMap(({ beside }) => beside.map(({ key }) => key)));
  const late = await lateFiles(stack, videos);
  const unused = sidecars.filter(({ key }) => !used.has(key)).map(({ key }) => key);
  const first = objects.length === maxListed ? ` of the first ${maxListed} objects` : '';
  const found = [
    sidecars.length + used.size === 0
      ? `none${first} beside the uploads`
      : `${used.size}${first} with captions or further audio of a video`,
    ...(unused.length === 0
      ? []
      : [
          `${unused.length} ignored (${namesOf(unused)}): only captions (.srt, .vtt, .ttml) and audio with a language, with the name of a video, are used`,
        ]),
    ...(late.length === 0
      ? []
      : [
          `${late.length} came after their video was planned (${namesOf(late)}): remake the video to use them`,
        ]),
  ];
  return createFinding('sidecars', found.join('; '), null);
}

interface VideoWithFiles {
  readonly key: string;
  readonly beside: readonly Pick<ListedObject, 'key'>[];
  /** Of the newest file beside it. */
  readonly lastModified: string;
}

function videosWithFiles(objects: readonly ListedObject[]): VideoWithFiles[] {
  const videos = objects.filter(({ key, sizeBytes }) => ignoredObjectKind(key, sizeBytes) === null);
  return videos.flatMap(({ key }) => {
    const prefix = besideKeyPrefix(key);
    const listed = objects.filter((object) => object.key.startsWith(prefix));
    const chosen = [chooseCaptionFiles(key, listed), chooseAudioFiles(key, listed)];
    const beside = chosen.flatMap(({ files, refused }) => [...files, ...refused]);
    const times = listed.filter((object) => beside.some((file) => file.key === object.key));
    const [lastModified] = times
      .map((object) => object.lastModified)
      .toSorted()
      .toReversed();
    return lastModified === undefined ? [] : [{ key, beside, lastModified }];
  });
}

/** Files that are older than the job were there when it was planned: only the other plans are read. */
async function lateFiles(
  stack: Pick<Stack, 'ledger' | 'store' | 'outputBucket'>,
  videos: readonly VideoWithFiles[],
): Promise<string[]> {
  const newestFirst = videos.toSorted((left, right) => (left.lastModified < right.lastModified ? 1 : -1));
  const late = new Set<string>();
  for (const { key, lastModified } of newestFirst.slice(0, maxPlansRead)) {
    const output = await stack.ledger.readOutput(key);
    const job = output && (await stack.ledger.readJob(output.latest.jobId));
    // S3 gives whole seconds.
    if (!job || Date.parse(lastModified) + 1_000 < Date.parse(job.createdAt)) continue;
    for (const file of await listLateFiles(stack, job)) late.add(file);
  }
  return [...late].toSorted();
}

function namesOf(keys: readonly string[]): string {
  return `${keys.slice(0, shownNames).join(', ')}${keys.length > shownNames ? ', …' : ''}`;
}
