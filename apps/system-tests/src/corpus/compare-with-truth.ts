import type { JobRecord } from '@fyrestream/events';

/** What a file of the corpus holds. Times in seconds, sizes in pixels. */
export type Truth =
  | { class: 'video'; display: [number, number]; seconds: number; frames: number; audio_seconds: number }
  | { class: 'audio'; seconds: number; audio_seconds: number }
  | { class: 'reject' };

/** Reason codes that say nothing about the file. */
const unspecificCodes = new Set([
  'unknown',
  'internal-error',
  'ffmpeg-failed',
  'ffmpeg-killed',
  'ffmpeg-crashed',
  'deadline-exceeded',
  'disk-full',
  'ffmpeg-stalled',
  'worker-crashed',
]);

/** A file may be published without audio that is shorter than this. */
const minAudioSeconds = 0.05;

/** The differences between the result of a file and what the file holds, one sentence each. */
export function compareWithTruth(truth: Truth, job: JobRecord | null, isPublished: boolean): string[] {
  if (job === null) return ['has no job'];
  const { status, reason, outputs } = job;
  const reasonText = reason === null ? '' : ` (${reason.code}: ${reason.message.slice(0, 160)})`;
  if (truth.class === 'reject') {
    if (status !== 'failed') return [`should be refused, is ${status}${reasonText}`];
    return [
      ...(isPublished ? ['is refused, but something is published'] : []),
      ...(reason === null || unspecificCodes.has(reason.code)
        ? [`is refused without a specific reason${reasonText}`]
        : []),
    ];
  }
  if (status !== 'succeeded' || outputs === null)
    return [`should be published as ${truth.class}, is ${status}${reasonText}`];
  const videos = outputs.renditions.filter((rendition) => rendition.kind === 'video');
  const audios = outputs.renditions.filter((rendition) => rendition.kind === 'audio');
  const differences: string[] = [];
  if (!isPublished) differences.push('succeeded, but nothing is published');
  const seconds = truth.seconds || truth.audio_seconds;
  const difference = Math.abs(outputs.durationSeconds - Math.max(seconds, truth.audio_seconds));
  if (difference > Math.max(0.3, seconds * 0.05)) {
    differences.push(
      `lasts ${outputs.durationSeconds.toFixed(2)} s, should last ${seconds} s (audio ${truth.audio_seconds} s)`,
    );
  }
  if (truth.class === 'audio') {
    return videos.length > 0 ? [...differences, 'has video, should be audio only'] : differences;
  }
  if (truth.audio_seconds >= minAudioSeconds && audios.length === 0) differences.push('has no audio');
  if (videos.length === 0) differences.push('has no video');
  for (const { name, width, height } of videos)
    differences.push(...compareSize(name, width ?? 0, height ?? 0, truth.display));
  return differences;
}

/** A rendition is not larger than the source and has its aspect ratio, within rounding to even sizes. */
function compareSize(
  name: string,
  width: number,
  height: number,
  [fullWidth, fullHeight]: [number, number],
): string[] {
  const size = `${name} is ${width}x${height} of ${fullWidth}x${fullHeight}`;
  // 4:2:0 needs even sizes, so an odd size is rounded up or down.
  if (width > fullWidth + 1 || height > fullHeight + 1) return [`${size}: larger than the source`];
  const slack = 2;
  const isSameShape =
    Math.abs(width - (height * fullWidth) / fullHeight) <= slack ||
    Math.abs(height - (width * fullHeight) / fullWidth) <= slack;
  return isSameShape ? [] : [`${size}: other aspect ratio`];
}
