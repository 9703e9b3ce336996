import type { Command } from 'commander';
import { makeSampleClip } from '../../setup/ffmpeg.mjs';
import type { CommandContext } from '../command-context.ts';
import { AlreadyReported } from '../describe-failure.ts';
import { checkFiles } from '../files/check-files.ts';
import { describeOutcome } from '../present/describe-outcome.ts';
import { describePublished } from '../present/describe-published.ts';
import { createProgressDisplay } from '../progress/create-progress-display.ts';
import { sampleClipPath } from '../repository-folders.ts';
import { checkDataDirectory } from '../stack/check-data-directory.ts';
import type { Stack } from '../stack/stack.ts';
import { useLocalCloud } from '../stack/use-local-cloud.ts';
import { downloadPublished } from '../transfer/download-published.ts';
import { type UploadOutcome, uploadFiles } from '../transfer/upload-files.ts';

interface StartOptions {
  readonly data?: string;
}

export function addStartCommand(program: Command, context: CommandContext): void {
  program
    .command('start')
    .description('send videos, or a sample clip, through a local cloud and show what comes out')
    .argument('[file...]')
    .option('--data <directory>', 'where the local cloud keeps its state')
    .action((typed: string[], options: StartOptions) => start(typed, options, context));
}

/** One upload's whole journey on this machine: files in, a cloud, jobs, what they published, the cloud gone again. */
async function start(typed: string[], { data }: StartOptions, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const dataDirectory = data === undefined ? undefined : checkDataDirectory(data);
  if (typed.length === 0) {
    terminal.note('no file was named: taking a sample clip');
    await makeSampleClip(sampleClipPath);
  }
  const files = await checkFiles(typed.length === 0 ? [sampleClipPath] : typed);
  const cloud = await useLocalCloud(dataDirectory);
  try {
    terminal.note(`local cloud ${cloud.isOurs ? 'started' : 'found'} at ${cloud.url}`);
    const outcomes = await journey(cloud.stack, files, context);
    for (const outcome of outcomes) await show(cloud.stack, outcome, context);
    if (outcomes.some(({ job }) => job?.status !== 'succeeded')) throw new AlreadyReported();
  } finally {
    await cloud.release();
  }
}

async function journey(
  stack: Stack,
  files: Parameters<typeof uploadFiles>[1],
  { terminal, interrupted }: CommandContext,
): Promise<UploadOutcome[]> {
  const display = createProgressDisplay(terminal, { json: false });
  try {
    return await Promise.all(await uploadFiles(stack, files, { wait: true, display, signal: interrupted }));
  } finally {
    display.stop();
  }
}

async function show(
  stack: Stack,
  outcome: UploadOutcome,
  { terminal, interrupted }: CommandContext,
): Promise<void> {
  terminal.print(`\n${describeOutcome(outcome, terminal)}`);
  const { job } = outcome;
  if (job === null || job.outputs === null) return;
  const units = await stack.ledger.listUnits(job.jobId);
  const master = await downloadPublished(stack, job.outputs, outcome.file.name, interrupted);
  terminal.print(
    describePublished({
      job,
      outputs: job.outputs,
      units,
      uploadSeconds: outcome.uploadSeconds,
      master,
      bucket: stack.outputBucket,
    }),
  );
}
