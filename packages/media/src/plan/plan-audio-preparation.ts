import type { AudioStream } from '../facts/source-facts.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';
import type { EncodePlan } from './encode-plan.ts';

/**
 * Where channels or sample rate change within a stream, ffmpeg sets its filters up again, and those that
 * pad and trim the beginning do so a second time in the middle. Such sound is decoded to one format first.
 */
export function planAudioPreparation(
  streams: AudioStream[],
  surveys: StreamSurvey[],
): EncodePlan['audioPreparation'] {
  const changing = surveys.filter((survey) => survey.changesAudioFormat).map((survey) => survey.streamIndex);
  const own = streams.map(({ index }) => index).filter((index) => changing.includes(index));
  if (own.length === 0) return null;
  return {
    why: `the format of stream ${own.join(', ')} changes on the way: sound is decoded to one format first`,
  };
}
