import type { AudioStream, VideoStream } from '../facts/source-facts.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';

/** Shorter is a remainder of an edit: half a frame at 25 frames a second. */
const minVideoSeconds = 0.02;
/** A picture that the container shows for longer stands on purpose, and is encoded as long as that. */
const minStandingSeconds = 1;
/** From this length on audio is what the file is about. */
const minAudioSeconds = 1;

/**
 * A picture for a moment beside audio is its cover, whatever the container calls it: published as video it would end after a
 * frame. Null for a film, and for a picture without audio.
 * @param audioSeconds of the longest audio that decodes
 */
export function coverImageReason(
  stream: VideoStream | AudioStream,
  survey: StreamSurvey | undefined,
  audioSeconds: number,
): string | null {
  if (!('codedSize' in stream) || !survey?.isWhole) return null;
  // Where Matroska says nothing of a stream ffprobe gives the length of the file.
  const durationSeconds = stream.taggedDurationSeconds ?? stream.durationSeconds;
  if (durationSeconds === null) return null;
  const isPicture = survey.decodedFrames === 1 && durationSeconds < minStandingSeconds;
  if (audioSeconds < minAudioSeconds || !(isPicture || durationSeconds < minVideoSeconds)) return null;
  return `a picture of ${durationSeconds} s beside ${audioSeconds.toFixed(1)} s of audio: the audio is published alone`;
}
