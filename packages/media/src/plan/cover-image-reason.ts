import type { AudioStream, VideoStream } from '../facts/source-facts.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';

/** Shorter is a remainder of an edit: half a frame at 25 frames a second. */
const minVideoSeconds = 0.02;
/** An image with a longer duration is intended and is encoded with that duration. */
const minStandingSeconds = 1;
/** From this duration on, the audio is the main content. */
const minAudioSeconds = 1;

/**
 * Why a short image in a file with audio is treated as a cover image, whatever its container declares: as video it
 * would end after one frame. Null for other video, and without audio.
 * @param audioSeconds duration of the longest audio that decodes
 */
export function coverImageReason(
  stream: VideoStream | AudioStream,
  survey: StreamSurvey | undefined,
  audioSeconds: number,
): string | null {
  if (!('codedSize' in stream) || !survey?.isWhole) return null;
  // If Matroska has no duration for a stream, ffprobe gives that of the file.
  const durationSeconds = stream.taggedDurationSeconds ?? stream.durationSeconds;
  if (durationSeconds === null) return null;
  const isPicture = survey.decodedFrames === 1 && durationSeconds < minStandingSeconds;
  if (audioSeconds < minAudioSeconds || !(isPicture || durationSeconds < minVideoSeconds)) return null;
  return `a picture of ${durationSeconds} s beside ${audioSeconds.toFixed(1)} s of audio: the audio is published alone`;
}
