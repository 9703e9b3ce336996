import { rm, stat } from 'node:fs/promises';
import { makeLargeSource } from '../material/make-large-source.ts';
import { runInterleaved } from '../measure/run-interleaved.ts';
import { ratios } from '../measure/summarize.ts';
import { type PipelineRun, runPipeline } from '../pipeline/run-pipeline.ts';
import { toResult } from '../report/to-result.ts';
import type { BenchContext, BenchRow } from './bench-row.ts';

/** (e) Whether memory grows with the source. */
export const memory: BenchRow = {
  id: 'e',
  title: 'Memory against the size of the source',
  filmVariants: [],
  async run(context) {
    const sizes = context.options.sizesMegabytes.toSorted((left, right) => left - right);
    const sources = await makeSources(context, sizes);
    const runs = await runInterleaved(
      Object.fromEntries(sources.map(({ name, path }) => [name, () => runPipeline(context.directory, path)])),
      context.options.repeat,
      (name, round, run) => context.report(`round ${round}: ${name}, ${describe(run)}`),
    );
    for (const { path } of sources) await rm(path);
    const megabytes = (name: string, of: (run: PipelineRun) => number) =>
      (runs[name] ?? []).map((run) => of(run) / 1e6);
    const [smallest, largest] = [sources.at(0)?.name ?? '', sources.at(-1)?.name ?? ''];
    return {
      results: [
        ...sources.flatMap(({ name }) => [
          toResult(`worker, ${name}`, 'MB', megabytes(name, workerOf), { atMost: 200 }),
          toResult(`local cloud, ${name}`, 'MB', megabytes(name, cloudOf)),
        ]),
        ...(smallest === largest
          ? []
          : [
              toResult(
                'worker, largest against smallest source',
                'x',
                ratios(megabytes(largest, workerOf), megabytes(smallest, workerOf)),
              ),
              toResult(
                'local cloud, largest against smallest source',
                'x',
                ratios(megabytes(largest, cloudOf), megabytes(smallest, cloudOf)),
              ),
            ]),
      ],
      details: [
        {
          title: 'Sources',
          columns: ['', 'size (MB)', 'length (s)', 'Mbit/s'],
          rows: sources.map(({ name, cells }) => [name, ...cells]),
        },
      ],
      notes: [
        'The largest resident memory of the process itself (VmHWM): the worker without ffmpeg, the local cloud without functions.',
      ],
    };
  },
};

const workerOf = (run: PipelineRun) => run.workerMemoryBytes;
const cloudOf = (run: PipelineRun) => run.cloudMemoryBytes;

interface Source {
  readonly name: string;
  readonly path: string;
  readonly cells: readonly string[];
}

async function makeSources({ directory, report }: BenchContext, sizes: readonly number[]): Promise<Source[]> {
  const sources: Source[] = [];
  for (const size of sizes) {
    const { path, durationSeconds, bitrateBitsPerSecond } = await makeLargeSource(directory, size);
    const cells = [(await stat(path)).size / 1e6, durationSeconds, bitrateBitsPerSecond / 1e6];
    sources.push({ name: `${size} MB`, path, cells: cells.map((value) => value.toFixed(0)) });
    report(`source of ${size} MB is made`);
  }
  return sources;
}

function describe({ workerMemoryBytes, cloudMemoryBytes }: PipelineRun): string {
  return `worker ${(workerMemoryBytes / 1e6).toFixed(0)} MB, local cloud ${(cloudMemoryBytes / 1e6).toFixed(0)} MB`;
}
