import { type Check, maxCheck, notMeasurable } from '../verify/check.ts';
import type { LoudnessTreatment } from './loudness-treatment.ts';
import type { MeasuredLoudness } from './measured-loudness.ts';

const maxDifferenceLu = 0.5;
/** Values are rounded; and where peaks are not to be reached, those of the published track are the same bytes measured again. */
const peakToleranceDb = 0.05;

/** Compares the published track, decoded and measured again, with what its treatment aims at. */
export function checkLoudness(
  { trackId, aim, why }: LoudnessTreatment,
  published: MeasuredLoudness,
): Check[] {
  const names = ['loudness-differs-lu', 'true-peak-dbtp'] as const;
  if (aim === null) return names.map((name) => notMeasurable(name, trackId, why));
  const measured = published.integratedLufs;
  return [
    measured === null
      ? {
          name: names[0],
          subject: trackId,
          measured: 'none',
          bound: `${aim.integratedLufs} LUFS`,
          passed: false,
        }
      : maxCheck(
          { name: names[0], subject: trackId, measured: Math.abs(measured - aim.integratedLufs) },
          maxDifferenceLu,
        ),
    maxCheck(
      { name: names[1], subject: trackId, measured: published.truePeakDbtp ?? -100 },
      aim.truePeakDbtp + peakToleranceDb,
    ),
  ];
}
