import type { EncodePlan } from '../plan/encode-plan.ts';
import type { SourceAssessment } from './assess-source.ts';
import { type Check, maxCheck, notMeasurable } from './check.ts';
import { isKeptStream, keptReason } from './is-kept-stream.ts';
import type { ReferenceCapture } from './reference-capture.ts';

/** Two frames of AAC with 2048 samples: decoders drop priming that packets still count. ITU-R BT.1359 tolerates 90 ms. */
const maxOffsetDifferenceSeconds = 0.09;

/**
 * Compares how much later than the video each audio track begins with what the packets of the source say, on the source's
 * own clock: independent of the timeline that the plan and ffmpeg agree on. Both tracks begin at 0 when they are published,
 * and end where their streams were decoded to (`end-differs-seconds`), so this is the offset that a viewer gets.
 */
export function checkAudioOffset(
  plan: EncodePlan,
  capture: readonly ReferenceCapture[],
  { isDamaged }: SourceAssessment,
): Check[] {
  const { timeline, video, audio } = plan;
  if (video === null) return [];
  const decoded = capture.flatMap((unit) => unit.decoded);
  const firstOf = (index: number) =>
    decoded.find(({ streamIndex, times }) => streamIndex === index && times !== null)?.times?.firstSeconds;
  const startOf = (index: number) =>
    timeline.streamStarts.find(({ streamIndex }) => streamIndex === index)?.seconds;
  const [videoFirst, videoStart] = [firstOf(video.streamIndex), startOf(video.streamIndex)];
  return audio.map(({ id, streamIndex, audioKey }) => {
    const [first, start] = [firstOf(streamIndex), startOf(streamIndex)];
    const name = 'audio-offset-differs-seconds';
    if (audioKey !== null) return notMeasurable(name, id, 'a file of its own, which begins with the film');
    if (isDamaged) return notMeasurable(name, id, 'the source is damaged');
    if ([streamIndex, video.streamIndex].some((index) => isKeptStream(plan, index)))
      return notMeasurable(name, id, keptReason);
    if (first === undefined || start === undefined || videoFirst === undefined || videoStart === undefined) {
      return notMeasurable(name, id, 'packets without times, or a late start');
    }
    // What lies before 0 is cut off.
    const published = Math.max(0, first);
    const expected = Math.max(0, videoFirst + start - videoStart);
    return maxCheck(
      { name, subject: id, measured: Math.abs(published - expected) },
      maxOffsetDifferenceSeconds,
    );
  });
}
