import { workerUnitSeconds } from '../film/unit-seconds.ts';
import { cutMaterial } from '../material/open-material.ts';
import { criticalPathSeconds, type JobTimes } from '../measure/critical-path.ts';
import { runInterleaved } from '../measure/run-interleaved.ts';
import { summarize } from '../measure/summarize.ts';
import { timesOfFilm } from '../pipeline/film-times.ts';
import { jobTimesOf } from '../pipeline/job-times.ts';
import { listCores, writePinnedWorker } from '../pipeline/pin-worker.ts';
import { runPipeline } from '../pipeline/run-pipeline.ts';
import { toResult } from '../report/to-result.ts';
import type { BenchRow } from './bench-row.ts';

const hourSeconds = 3_600;
const workersOfHour = 16;

/** (c) How speed grows with workers. */
export const workers: BenchRow = {
  id: 'c',
  title: 'Several workers on one video, each on one core',
  filmVariants: [],
  async run({ directory, material, options: { repeat }, report }) {
    const long = await material();
    const short = await cutMaterial(directory, long.path, Math.ceil(long.durationSeconds / 3));
    const workerBundle = await writePinnedWorker(directory, await listCores());
    const topology = { unitSeconds: workerUnitSeconds(long.durationSeconds) };
    const byOneWorker = async (path: string) => {
      const run = await runPipeline(directory, path, { workerBundle, topology });
      return jobTimesOf(run.unitTimes, run);
    };
    const runs = await runInterleaved(
      { short: () => byOneWorker(short.path), long: () => byOneWorker(long.path) },
      repeat,
      (name, round, times) =>
        report(`round ${round}: ${name} material, ${criticalPathSeconds(times, 1).toFixed(1)} s`),
    );
    const hours = runs.long.map((times, round) =>
      timesOfFilm(
        { times: runs.short[round] ?? times, materialSeconds: short.durationSeconds },
        { times, materialSeconds: long.durationSeconds },
        hourSeconds,
      ),
    );
    return {
      results: [
        toResult('2 workers against one (computed)', 'x', speedUps(runs.long, 2), { atLeast: 1.7 }),
        toResult('4 workers against one (computed)', 'x', speedUps(runs.long, 4)),
        toResult(
          `${workersOfHour} workers against one on an hour (computed)`,
          'x',
          speedUps(hours, workersOfHour),
          { atLeast: 11 },
        ),
      ],
      details: [
        {
          title: 'Parts of a job by one worker, medians',
          columns: ['', 'start (s)', 'plan (s)', 'units', 'units (s)', 'assembly (s)'],
          rows: [
            [`${short.durationSeconds.toFixed(0)} s (measured)`, ...partsOf(runs.short)],
            [`${long.durationSeconds.toFixed(0)} s (measured)`, ...partsOf(runs.long)],
            ['an hour (computed)', ...partsOf(hours)],
          ],
        },
      ],
      notes: [
        'Computed: the critical path, from the times of units and assembly that one worker on one core needed. Each worker takes the next unit when it is free; further workers take as long to start as the first one.',
        'The hour has units of the default length at the measured speed; its plan, audio and assembly grow as between the two measured lengths.',
      ],
    };
  },
};

function speedUps(jobs: readonly JobTimes[], count: number): number[] {
  return jobs.map((times) => criticalPathSeconds(times, 1) / criticalPathSeconds(times, count));
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
