import { ratios, summarize } from '../measure/summarize.ts';
import { cpuOf } from '../measure/usage.ts';
import type { PipelineRun } from '../pipeline/run-pipeline.ts';
import { toResult } from '../report/to-result.ts';
import type { BenchRow } from './bench-row.ts';

/** (d) What it costs to divide a video into units. */
export const split: BenchRow = {
  id: 'd',
  title: 'Divided into units against undivided, by one worker',
  filmVariants: ['split', 'unsplit'],
  async run({ filmRuns }) {
    const { pipelines } = await filmRuns();
    const bytes = ratios(pipelines.split.map(bytesOf), pipelines.unsplit.map(bytesOf));
    return {
      results: [
        toResult('CPU', 'x', ratios(pipelines.split.map(cpuOf), pipelines.unsplit.map(cpuOf)), {
          atMost: 1.05,
        }),
        toResult(
          'difference of video bytes',
          '%',
          bytes.map((ratio) => 100 * Math.abs(ratio - 1)),
          { atMost: 1 },
        ),
      ],
      details: [
        {
          title: 'Medians',
          columns: ['', 'video units', 'CPU (s)', 'video (MB)'],
          rows: [
            ['divided', ...medians(pipelines.split)],
            ['undivided', ...medians(pipelines.unsplit)],
          ],
        },
      ],
      notes: pipelines.split.some((run) => videoUnitsOf(run) < 2)
        ? ['The material was not divided: it is too short, or its packets do not prove that this is exact.']
        : [],
    };
  },
};

const bytesOf = ({ videoBytes }: PipelineRun) => videoBytes;
const videoUnitsOf = ({ unitTimes }: PipelineRun) =>
  unitTimes.filter(({ unitId }) => unitId.startsWith('video')).length;

function medians(runs: readonly PipelineRun[]): string[] {
  const median = (of: (run: PipelineRun) => number) => summarize(runs.map(of)).median;
  return [median(videoUnitsOf).toFixed(0), median(cpuOf).toFixed(1), (median(bytesOf) / 1e6).toFixed(2)];
}
