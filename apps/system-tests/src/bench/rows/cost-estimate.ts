import { fargatePrices, taskSecondsOf } from '@fyrestream/media';
import { summarize } from '../measure/summarize.ts';
import type { PipelineRun } from '../pipeline/run-pipeline.ts';
import { toResult } from '../report/to-result.ts';
import type { BenchRow } from './bench-row.ts';

const prices = fargatePrices({ region: 'us-east-1', architecture: 'x86_64' });
/** Image pull and start, which the estimate contains and a local cloud does not have. */
const overheadSeconds = 60;

/** (k) How far the cost that was estimated by the plan is from the receipt. */
export const costEstimate: BenchRow = {
  id: 'k',
  title: 'The estimate of a job against its receipt',
  usesMaterial: true,
  filmVariants: ['pipeline'],
  async run({ filmRuns }) {
    const runs = (await filmRuns()).pipelines.pipeline;
    const share = (of: (run: PipelineRun) => number) => runs.map(of);
    return {
      results: [
        toResult(
          'billed task time, against the estimate',
          'x',
          share((run) => run.cost.taskSeconds / estimatedSeconds(run)),
        ),
        toResult(
          'CPU time of functions and worker, against the estimate',
          'x',
          share((run) => pipelineCpu(run) / estimatedCpu(run)),
        ),
        toResult(
          'requests to S3 in dollars, against those for compute',
          'x',
          share(({ cost }) => cost.requestsUsd / cost.computeUsd),
        ),
      ],
      details: [
        {
          title: 'Medians',
          columns: ['', 'estimated', 'billed or measured'],
          rows: [
            ['task time (s)', median(runs, estimatedSeconds), median(runs, ({ cost }) => cost.taskSeconds)],
            ['CPU time (s)', median(runs, estimatedCpu), median(runs, pipelineCpu)],
          ],
        },
      ],
      notes: [
        'The estimate is for the vCPUs of the task and has a minute for its start; this machine has other CPUs and starts at once. Its CPU time is comparable, its task time only where the machine has as many CPUs as the task.',
        'Fargate bills at least a minute.',
      ],
    };
  },
};

/** The estimate is on demand: the capacity changes the price, not the time. */
function estimatedSeconds({ cost, size }: PipelineRun): number {
  return taskSecondsOf(cost.estimateUsd ?? 0, size, prices);
}

function estimatedCpu(run: PipelineRun): number {
  return Math.max(0, estimatedSeconds(run) - overheadSeconds) * (run.size.cpuUnits / 1_024);
}

function pipelineCpu({ cpuSeconds, cloudCpuSeconds, commandCpuSeconds }: PipelineRun): number {
  return cpuSeconds - cloudCpuSeconds - commandCpuSeconds;
}

function median(runs: readonly PipelineRun[], of: (run: PipelineRun) => number): string {
  return summarize(runs.map(of)).median.toFixed(1);
}
