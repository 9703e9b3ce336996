import { type EncodePlan, MediaRefusal, mediaCeilings } from '@fyrestream/media';

/** Surveys and packets show the duration; only what neither reports, as a jump of the clock, makes an output longer. */
const toleratedShare = 1.25;
const toleratedSeconds = 600;

/** The failure of an encode whose output is far longer than planned: it would go on until the time of the attempt ends. */
export function runawayOutput(
  { durationSeconds }: Pick<EncodePlan, 'durationSeconds'>,
  outputSeconds: number,
) {
  const limitSeconds =
    durationSeconds === null
      ? mediaCeilings.durationSeconds
      : durationSeconds * toleratedShare + toleratedSeconds;
  if (outputSeconds <= limitSeconds) return null;
  return new MediaRefusal(
    'runaway-output',
    `It has ${Math.round(outputSeconds)} seconds, the plan ${Math.round(durationSeconds ?? 0)}.`,
  );
}
