import { ratios, summarize } from '../measure/summarize.ts';
import { cpuOf, sumOf } from '../measure/usage.ts';
import { purposeOf } from '../pipeline/run-purpose.ts';
import { toResult } from '../report/to-result.ts';
import type { BenchRow } from './bench-row.ts';

/** (b) What decoding, filters and the reference capture add to the encoders. */
export const encodeStage: BenchRow = {
  id: 'b',
  title: 'Encoding stage against encoding raw frames',
  filmVariants: ['pipeline', 'encode-only'],
  async run({ filmRuns }) {
    const { usages, pipelines } = await filmRuns();
    const stage = pipelines.pipeline.map(({ ffmpegRuns }) =>
      sumOf(
        ffmpegRuns.filter((run) => purposeOf(run) === 'video'),
        cpuOf,
      ),
    );
    const floor = usages['encode-only'].map(cpuOf);
    return {
      results: [toResult('CPU of video', 'x', ratios(stage, floor))],
      details: [
        {
          title: 'Medians',
          columns: ['', 'CPU (s)'],
          rows: [
            ['encoding stage of the pipeline', summarize(stage).median.toFixed(1)],
            ['raw frames, scaled and encoded', summarize(floor).median.toFixed(1)],
          ],
        },
      ],
      notes: ['The raw frames come from another ffmpeg through a pipe, which is not counted.'],
    };
  },
};
