import type { Reason } from '../api/views.ts';

const sendAnother =
  'Look at the file in a player, then export it again from where it was made and upload that.';
const operator = 'Tell the operator of the stack: the page “Stack” shows its health.';

/** What to do about a reason, by its code. */
const advices: Readonly<Record<string, string>> = {
  'not-media': 'Check that you sent the right file: this one has no video or audio in it.',
  'empty-file': 'The upload has no content: upload the file again.',
  'image-not-video': 'Upload a video. A picture is published nowhere by Fyrestream.',
  'playlist-not-media': 'Upload the video that the playlist names, not the playlist.',
  'unsupported-codec':
    'Export the video with a common codec, such as H.264, HEVC, ProRes or AV1, and upload that.',
  'no-decodable-stream': sendAnother,
  'file-damaged': sendAnother,
  'stream-broken': sendAnother,
  'source-truncated':
    'The file ends too early. Perhaps its copy or its download was interrupted: upload it again from the original.',
  'audio-not-finite': sendAnother,
  'media-too-costly':
    'The source is built so that decoding it takes far more than its size says. Export it again with usual settings.',
  'media-writes-too-much':
    'The source is built so that decoding it takes far more than its size says. Export it again with usual settings.',
  'video-too-large': 'Scale the video down, then upload that.',
  'too-many-streams': 'Export the video with fewer tracks, then upload that.',
  'key-not-supported': 'Rename the file, then upload it again.',
  'key-too-long': 'Use shorter names for the file and its folders, then upload it again.',
  'object-missing': 'The upload was removed from the bucket: upload it again.',
  'object-archived': 'Restore the object in S3, then retry.',
  'object-access-denied': `The worker may not read the upload. ${operator}`,
  'encryption-key-unavailable': `The key that encrypts the upload cannot be used. ${operator}`,
  'cost-limit': 'Release the job to accept the estimated cost, or cancel it.',
  'held-by-operator': 'Release the job to go on.',
  cancelled: 'Retry it to start again.',
  deleted: 'The upload was deleted, so there is nothing to do. Upload it again if you want it.',
  superseded: 'A newer upload with the same name is published instead. There is nothing to do.',
  'verification-failed':
    'Nothing wrong was published. Retry once; if it fails again, report it with the file.',
  'deadline-exceeded': 'Raise the setting attemptHours or use more workers, then retry.',
  'out-of-memory': 'The next attempt gets more memory. If it was the last one, retry.',
  'disk-full': 'The next attempt gets a larger disk. On one machine, free space first, then retry.',
  'ffmpeg-crashed': 'Retry once; if it fails again, report it with the file.',
  'ffmpeg-stalled': 'Retry once; if it fails again, report it with the file.',
};

/**
 * One or two sentences for a person.
 * @param isUnderWay whether the job waits or runs: then it goes on without a retry
 */
export function adviceOn(
  { code, retryable }: Pick<Reason, 'code' | 'retryable'>,
  isUnderWay: boolean,
): string {
  const known = advices[code];
  if (known !== undefined) return known;
  if (isUnderWay) return 'There is nothing to do: the job goes on by itself.';
  return retryable
    ? 'This may pass by itself: retry. If it fails again, look at the log.'
    : 'A retry does not help unless the cause is removed: look at the log.';
}
