import { summarize } from '../measure/summarize.ts';
import { cpuOf, sumOf } from '../measure/usage.ts';
import { purposeOf } from '../pipeline/run-purpose.ts';
import { toResult } from '../report/to-result.ts';
import type { BenchRow } from './bench-row.ts';

/** (f) What it costs to know that the output is right. */
export const verificationShare: BenchRow = {
  id: 'f',
  title: 'Share of verification',
  filmVariants: ['pipeline'],
  async run({ filmRuns }) {
    const { pipelines } = await filmRuns();
    const runs = pipelines.pipeline.map(({ ffmpegRuns, cpuSeconds }) => {
      const verifying = ffmpegRuns.filter((run) => purposeOf(run) === 'verification');
      return { count: verifying.length, verifying: sumOf(verifying, cpuOf), cpuSeconds };
    });
    const median = (values: number[], digits: number) => summarize(values).median.toFixed(digits);
    return {
      results: [
        toResult(
          'CPU of ffmpeg for verification, of the whole pipeline',
          '%',
          runs.map(({ verifying, cpuSeconds }) => (100 * verifying) / cpuSeconds),
        ),
      ],
      details: [
        {
          title: 'Medians',
          columns: ['', 'runs', 'CPU (s)'],
          rows: [
            [
              'ffmpeg and ffprobe on finished files',
              median(
                runs.map(({ count }) => count),
                0,
              ),
              median(
                runs.map(({ verifying }) => verifying),
                1,
              ),
            ],
            [
              'whole pipeline',
              '',
              median(
                runs.map((run) => run.cpuSeconds),
                1,
              ),
            ],
          ],
        },
      ],
      notes: [
        "The comparison of frames and samples in the worker's own process is not counted, nor is the reference capture, which is part of the encode.",
      ],
    };
  },
};
