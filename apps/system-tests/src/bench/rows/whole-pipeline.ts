import { ratios, summarize } from '../measure/summarize.ts';
import { cpuOf, sumOf, type Usage, wallOf } from '../measure/usage.ts';
import type { PipelineRun } from '../pipeline/run-pipeline.ts';
import { purposeOf, type RunPurpose, runPurposes } from '../pipeline/run-purpose.ts';
import { toResult } from '../report/to-result.ts';
import type { BenchRow } from './bench-row.ts';

/** (a) What everything around the encoders costs. */
export const wholePipeline: BenchRow = {
  id: 'a',
  title: 'Whole pipeline against plain ffmpeg commands',
  filmVariants: ['pipeline', 'plain', 'loop'],
  async run({ filmRuns }) {
    const { usages, pipelines } = await filmRuns();
    const { pipeline, plain, loop } = usages;
    const ratio = (of: (usage: Usage) => number, other: readonly Usage[]) =>
      ratios(pipeline.map(of), other.map(of));
    return {
      results: [
        toResult('CPU, against one plain ffmpeg', 'x', ratio(cpuOf, plain), { atMost: 1.2 }),
        toResult('wall time, against one plain ffmpeg', 'x', ratio(wallOf, plain), { atMost: 1.15 }),
        toResult('CPU, against one ffmpeg per rendition', 'x', ratio(cpuOf, loop), { atMost: 0.75 }),
        toResult('wall time, against one ffmpeg per rendition', 'x', ratio(wallOf, loop), { atMost: 0.75 }),
      ],
      details: [
        {
          title: 'Medians',
          columns: ['', 'CPU (s)', 'wall (s)'],
          rows: [
            ['whole pipeline', ...medians(pipeline)],
            ['one plain ffmpeg', ...medians(plain)],
            ['one ffmpeg per rendition', ...medians(loop)],
          ],
        },
        {
          title: 'CPU time of the pipeline, medians',
          columns: ['', 'CPU (s)', 'share (%)'],
          rows: partsOf(pipelines.pipeline),
        },
      ],
      notes: [],
    };
  },
};

function medians(usages: readonly Usage[]): string[] {
  return [cpuOf, wallOf].map((of) => summarize(usages.map(of)).median.toFixed(1));
}

function partsOf(runs: readonly PipelineRun[]): string[][] {
  const parts: [string, (run: PipelineRun) => number][] = [
    ...runPurposes.map((purpose): [string, (run: PipelineRun) => number] => [
      `ffmpeg: ${purpose}`,
      ({ ffmpegRuns }) => cpuOfPurpose(ffmpegRuns, purpose),
    ]),
    ['worker and functions without ffmpeg', ownCpuSeconds],
    ['local cloud', ({ cloudCpuSeconds }) => cloudCpuSeconds],
    ['command that uploads and waits', ({ commandCpuSeconds }) => commandCpuSeconds],
  ];
  return parts.map(([name, of]) => {
    const shares = runs.map((run) => (100 * of(run)) / run.cpuSeconds);
    return [name, summarize(runs.map(of)).median.toFixed(1), summarize(shares).median.toFixed(1)];
  });
}

function cpuOfPurpose(runs: PipelineRun['ffmpegRuns'], purpose: RunPurpose): number {
  return sumOf(
    runs.filter((run) => purposeOf(run) === purpose),
    cpuOf,
  );
}

function ownCpuSeconds(run: PipelineRun): number {
  return run.cpuSeconds - run.cloudCpuSeconds - run.commandCpuSeconds - sumOf(run.ffmpegRuns, cpuOf);
}
