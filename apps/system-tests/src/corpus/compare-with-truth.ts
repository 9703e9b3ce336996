import type { JobRecord } from '@fyrestream/events';

/** What is really in a file of a corpus. */
export type Truth =
  | { class: 'video'; display: [number, number]; seconds: number; frames: number; audio_seconds: number }
  | { class: 'audio'; seconds: number; audio_seconds: number }
  | { class: 'reject' };

/** Codes that tell a person nothing about the file. */
const emptyCodes = new Set([
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

/** Sound shorter than this is a click; a file may be published without it. */
const minAudioSeconds = 0.05;

/** What is wrong with what came out of a file, held against what is in it; nothing where it is right. */
export function compareWithTruth(truth: Truth, job: JobRecord | null, isPublished: boolean): string[] {
  if (job === null) return ['has no job'];
  const { status, reason, outputs } = job;
  const expecting = reason === null ? '' : ` (${reason.code}: ${reason.message.slice(0, 160)})`;
  if (truth.class === 'reject') {
    if (status !== 'failed') return [`should be refused, is ${status}${expecting}`];
    return [
      ...(isPublished ? ['is refused, yet something is published'] : []),
      ...(reason === null || emptyCodes.has(reason.code)
        ? [`is refused without a fitting reason${expecting}`]
        : []),
    ];
  }
  if (status !== 'succeeded' || outputs === null)
    return [`should be published as ${truth.class}, is ${status}${expecting}`];
  const videos = outputs.renditions.filter((rendition) => rendition.kind === 'video');
  const audios = outputs.renditions.filter((rendition) => rendition.kind === 'audio');
  const faults: string[] = [];
  if (!isPublished) faults.push('succeeded, yet nothing is published');
  const seconds = truth.seconds || truth.audio_seconds;
  const difference = Math.abs(outputs.durationSeconds - Math.max(seconds, truth.audio_seconds));
  if (difference > Math.max(0.3, seconds * 0.05)) {
    faults.push(
      `lasts ${outputs.durationSeconds.toFixed(2)} s, should last ${seconds} s (sound ${truth.audio_seconds} s)`,
    );
  }
  if (truth.class === 'audio') {
    return videos.length > 0 ? [...faults, 'has a picture, should be audio only'] : faults;
  }
  if (truth.audio_seconds >= minAudioSeconds && audios.length === 0) faults.push('lost its sound');
  if (videos.length === 0) faults.push('lost its picture');
  for (const { name, width, height } of videos)
    faults.push(...videoFaults(name, width ?? 0, height ?? 0, truth.display));
  return faults;
}

/** Never larger than the source, and of its shape within a pixel and the rounding to even sizes. */
function videoFaults(
  name: string,
  width: number,
  height: number,
  [fullWidth, fullHeight]: [number, number],
): string[] {
  const size = `${name} is ${width}x${height} of ${fullWidth}x${fullHeight}`;
  // A source of odd size may lose or gain the one column that 4:2:0 has no place for.
  if (width > fullWidth + 1 || height > fullHeight + 1) return [`${size}: larger than the source`];
  const slack = 2;
  const isShape =
    Math.abs(width - (height * fullWidth) / fullHeight) <= slack ||
    Math.abs(height - (width * fullHeight) / fullWidth) <= slack;
  return isShape ? [] : [`${size}: another shape`];
}
