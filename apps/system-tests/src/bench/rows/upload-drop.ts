import { join } from 'node:path';
import { callers, countedServices } from '../drop/count-requests.ts';
import { type DropRun, runDrop } from '../drop/run-drop.ts';
import { runFfmpeg } from '../measure/run-ffmpeg.ts';
import { runInterleaved } from '../measure/run-interleaved.ts';
import { ratios, summarize } from '../measure/summarize.ts';
import { toResult } from '../report/to-result.ts';
import type { BenchRow } from './bench-row.ts';

/** (g) What the pipeline does around encodes, when many uploads arrive at once. */
export const uploadDrop: BenchRow = {
  id: 'g',
  title: 'Many uploads at once, without encoding',
  filmVariants: [],
  async run({ directory, options: { uploads }, report }) {
    const file = await makeSmallVideo(directory);
    const fewer = Math.ceil(uploads / 4);
    const { many, few } = await runInterleaved(
      {
        few: () => runDrop(directory, file, fewer),
        many: () => runDrop(directory, file, uploads),
      },
      // A drop of 1,000 uploads takes many minutes, and its length already averages.
      1,
      (name, round, { finishedSeconds }) =>
        report(
          `round ${round}: ${name === 'many' ? uploads : fewer} uploads, ${finishedSeconds.toFixed(1)} s`,
        ),
    );
    const seconds = (runs: readonly DropRun[], count: number) =>
      runs.map((run) => run.finishedSeconds / count);
    const perJob = (of: (run: DropRun) => number) => summarize(many.map(of)).median.toFixed(1);
    return {
      results: [
        toResult(
          `until ${uploads} uploads have jobs`,
          's',
          many.map((run) => run.admittedSeconds),
        ),
        toResult(
          `until ${uploads} jobs are done`,
          's',
          many.map((run) => run.finishedSeconds),
        ),
        toResult(
          `time per job, ${uploads} against ${fewer} uploads`,
          'x',
          ratios(seconds(many, uploads), seconds(few, fewer)),
        ),
        ...countedServices.map((service) =>
          toResult(
            `requests, ${service}`,
            'per job',
            many.map(({ requests }) => requests[service].all),
          ),
        ),
      ],
      details: [
        {
          title: 'Requests per job by caller, medians',
          columns: ['', ...callers],
          rows: countedServices.map((service) => [
            service,
            ...callers.map((caller) => perJob(({ requests }) => requests[service][caller])),
          ]),
        },
      ],
      notes: [
        'Workers run all of their code except for the stages that use ffmpeg; eight run at the same time.',
        'Requests are counted where the local cloud checks permissions. It does not poll empty queues, unlike AWS.',
      ],
    };
  },
};

async function makeSmallVideo(directory: string): Promise<string> {
  const path = join(directory, 'small.mp4');
  await runFfmpeg([
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=320x240:r=25:d=1',
    '-c:v',
    'libx264',
    '-pix_fmt',
    'yuv420p',
    path,
  ]);
  return path;
}
