import { type KeyFrame, type KeyFrameSurveyExtent, surveyOf } from './key-frames.ts';
import type { KeyFrameTimes } from './packet-times.ts';

/** Containers round to milliseconds. */
const toleranceSeconds = 0.002;
/** Of the packets that the container calls key frames. */
const minProvenShare = 0.5;

/**
 * The key frames at which decoding may begin: those that the decoder takes for key frames, too. Packets of other frames
 * are marked where a stream refreshes its picture part by part, and where an MP4 has no table of key frames.
 * @param keyFrames what a survey of this extent decoded
 * @returns null if the container marks too many other frames
 */
export function provenKeyFrameTimes(
  times: readonly KeyFrameTimes[],
  keyFrames: readonly KeyFrame[],
  extent: KeyFrameSurveyExtent,
): readonly KeyFrameTimes[] | null {
  const survey = surveyOf(extent);
  if (survey.kind === 'places') return times;
  if (survey.kind === 'beginning') {
    const due = Math.min(survey.packetCount, times.length);
    return keyFrames.length < due * minProvenShare ? null : times;
  }
  const decoded = keyFrames.flatMap(({ seconds }) => seconds ?? []).toSorted((left, right) => left - right);
  let next = 0;
  return times.filter(({ presentationSeconds }) => {
    while ((decoded[next] ?? Number.POSITIVE_INFINITY) < presentationSeconds - toleranceSeconds) next += 1;
    return (decoded[next] ?? Number.POSITIVE_INFINITY) <= presentationSeconds + toleranceSeconds;
  });
}
