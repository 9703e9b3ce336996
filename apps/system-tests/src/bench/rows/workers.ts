import { workerUnitSeconds } from '../film/unit-seconds.ts';
import { cutMaterial } from '../material/open-material.ts';
import { criticalPathSeconds, type JobTimes } from '../measure/critical-path.ts';
import { runInterleaved } from '../measure/run-interleaved.ts';
import { ratios, summarize } from '../measure/summarize.ts';
import { wallOf } from '../measure/usage.ts';
import { timesOfFilm } from '../pipeline/film-times.ts';
import { jobTimesOf } from '../pipeline/job-times.ts';
import { listCores, writePinnedWorker } from '../pipeline/pin-worker.ts';
import { type PipelineRun, runPipeline } from '../pipeline/run-pipeline.ts';
import type { BenchResult, Target } from '../report/bench-report.ts';
import { toResult } from '../report/to-result.ts';
import type { BenchContext, BenchRow } from './bench-row.ts';

const counts = [2, 4] as const;
const targets: Readonly<Record<number, Target>> = { 2: { atLeast: 1.7 } };
const hourSeconds = 3_600;
const workersOfHour = 16;
/** A job gets as many workers as its video needs within this time: all that it may have. */
const shortTargetMinutes = 0.01;

/** (c) How speed grows with workers. */
export const workers: BenchRow = {
  id: 'c',
  title: 'Several workers on one video, each on one core',
  usesMaterial: true,
  filmVariants: [],
  async run(context) {
    const long = await context.material();
    const short = await cutMaterial(context.directory, long.path, Math.ceil(long.durationSeconds / 3));
    const cores = await listCores();
    const measuredCounts = counts.filter((count) => count <= cores.length);
    const run = await prepareRuns(context, cores, workerUnitSeconds(long.durationSeconds));
    const runs: Readonly<Record<string, readonly PipelineRun[]>> = await runInterleaved(
      {
        short: () => run(short.path, 1),
        '1': () => run(long.path, 1),
        ...Object.fromEntries(measuredCounts.map((count) => [`${count}`, () => run(long.path, count)])),
      },
      context.options.repeat,
      (name, round, { wallSeconds }) =>
        context.report(
          `round ${round}: ${name === 'short' ? 'short material, 1' : name} workers, ${wallSeconds.toFixed(1)} s`,
        ),
    );
    const one = runs['1'] ?? [];
    const shortTimes = (runs.short ?? []).map((measured) => jobTimesOf(measured.unitTimes, measured));
    const longTimes = one.map((measured) => jobTimesOf(measured.unitTimes, measured));
    const hours = longTimes.map((times, round) =>
      timesOfFilm(
        { times: shortTimes[round] ?? times, materialSeconds: short.durationSeconds },
        { times, materialSeconds: long.durationSeconds },
        hourSeconds,
      ),
    );
    const measured = measuredCounts.map((count) =>
      toResult(
        `${count} workers against one (measured)`,
        'x',
        ratios(one.map(wallOf), (runs[`${count}`] ?? []).map(wallOf)),
        targets[count],
      ),
    );
    return {
      results: [
        ...measured,
        ...counts.map((count): BenchResult => {
          // Where it is measured, the target is for the measurement.
          const target = count <= cores.length ? undefined : targets[count];
          return toResult(`${count} workers against one (computed)`, 'x', speedUps(longTimes, count), target);
        }),
        toResult(
          `${workersOfHour} workers against one on an hour (computed)`,
          'x',
          speedUps(hours, workersOfHour),
          { atLeast: 11 },
        ),
      ],
      details: [
        {
          title: 'Measured runs, medians',
          columns: ['workers', 'wall (s)', 'of them encoded'],
          rows: ['1', ...measuredCounts.map(String)].map((name) => [
            name,
            summarize((runs[name] ?? []).map(wallOf)).median.toFixed(1),
            summarize((runs[name] ?? []).map(encodingWorkers)).median.toFixed(0),
          ]),
        },
        {
          title: 'Parts of a job by one worker, medians; units with their verification',
          columns: ['', 'start (s)', 'plan (s)', 'units', 'units (s)', 'assembly (s)'],
          rows: [
            [`${short.durationSeconds.toFixed(0)} s (measured)`, ...partsOf(shortTimes)],
            [`${long.durationSeconds.toFixed(0)} s (measured)`, ...partsOf(longTimes)],
            ['an hour (computed)', ...partsOf(hours)],
          ],
        },
      ],
      notes: [
        `This machine has ${cores.length} cores; the local cloud shares them with the workers.`,
        'Computed: the critical path, from the times of units and assembly that one worker on one core needed. Each worker takes the next unit when it is free; further workers start when there is a plan, and take as long as the first one. What they need to read a source that is much longer is not counted.',
        'The hour has units of the default length at the measured speed; its plan, audio and assembly grow as between the two measured lengths.',
      ],
    };
  },
};

/** @returns a function that runs a file through the pipeline with a number of workers, each held to one core */
async function prepareRuns(
  { directory }: BenchContext,
  cores: readonly number[],
  unitSeconds: number,
): Promise<(path: string, count: number) => Promise<PipelineRun>> {
  const workerBundle = await writePinnedWorker(directory, cores);
  return (path, count) =>
    runPipeline(directory, path, {
      workerBundle,
      topology: {
        ...{ unitSeconds, maxWorkersPerJob: count, maxRunningTasks: count + 1 },
        targetMinutes: shortTargetMinutes,
      },
    });
}

function speedUps(jobs: readonly JobTimes[], count: number): number[] {
  return jobs.map((times) => criticalPathSeconds(times, 1) / criticalPathSeconds(times, count));
}

/** A worker that starts late may find no unit. */
function encodingWorkers({ unitTimes }: PipelineRun): number {
  return new Set(unitTimes.filter(({ unitId }) => unitId.startsWith('video')).map(({ worker }) => worker))
    .size;
}

function partsOf(jobs: readonly JobTimes[]): string[] {
  const median = (of: (times: JobTimes) => number) => summarize(jobs.map(of)).median;
  return [
    median(({ startSeconds }) => startSeconds).toFixed(1),
    median(({ planSeconds }) => planSeconds).toFixed(1),
    median(({ unitSeconds }) => unitSeconds.length).toFixed(0),
    median(({ unitSeconds }) => unitSeconds.reduce((sum, seconds) => sum + seconds, 0)).toFixed(1),
    median(({ assemblySeconds }) => assemblySeconds).toFixed(1),
  ];
}
