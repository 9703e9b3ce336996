import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { lastChangedJobs, type Stack } from '@fyrestream/operations';
import type { Command } from 'commander';
import { makeSampleClip } from '../../setup/ffmpeg.mjs';
import { choiceMetadata } from '../choice/choice-metadata.ts';
import { type ChoiceOptions, choiceOf, withChoiceOptions } from '../choice/with-choice-options.ts';
import type { CommandContext } from '../command-context.ts';
import { commandLine } from '../command-line.ts';
import { configHelp, readConfig } from '../config/read-config.ts';
import { ReportedError } from '../describe-error.ts';
import { resolveUploadFiles } from '../files/resolve-upload-files.ts';
import { InterruptionError } from '../interruption-error.ts';
import { describeUnusedSettings } from '../present/describe-unused-settings.ts';
import { formatOutcome } from '../present/format-outcome.ts';
import { formatStartSummary } from '../present/format-start-summary.ts';
import { shellWord } from '../present/shell-word.ts';
import { createProgressDisplay } from '../progress/create-progress-display.ts';
import { defaultDataDirectory, sampleClipPath } from '../repository-paths.ts';
import { readLocalConsole } from '../stack/find-local-console.ts';
import { resolveDataDirectory } from '../stack/resolve-data-directory.ts';
import { type LocalCloudSession, useLocalCloud } from '../stack/use-local-cloud.ts';
import { downloadPublished } from '../transfer/download-published.ts';
import { type UploadOutcome, uploadFiles } from '../transfer/upload-files.ts';

interface StartOptions extends ChoiceOptions {
  readonly data?: string;
  readonly prefix?: string;
  readonly config?: string;
}

export function addStartCommand(program: Command, context: CommandContext): void {
  withChoiceOptions(program.command('start'))
    .description('process videos, or a sample clip, with a local cloud and show the output')
    .argument('[file...]')
    .option('--data <directory>', 'directory for the state of the local cloud')
    .option('--prefix <directory>', 'a folder below videos/')
    .option('--config <file>', configHelp)
    .action((typed: string[], options: StartOptions) => start(typed, options, context));
}

/** Uploads files to a local cloud, waits for their jobs, downloads their outputs, and stops the cloud if it started it. */
async function start(
  typed: string[],
  { data, prefix, config: typedConfig, ...choiceOptions }: StartOptions,
  context: CommandContext,
): Promise<void> {
  const { terminal } = context;
  const choice = choiceOf(choiceOptions);
  const config = typedConfig === undefined ? undefined : await readConfig(typedConfig);
  const dataDirectory = data === undefined ? undefined : resolveDataDirectory(data);
  if (typed.length === 0) {
    terminal.note('no file was named: using a sample clip');
    await makeSample(context);
  }
  const files = await resolveUploadFiles(typed.length === 0 ? [sampleClipPath] : typed, { prefix });
  const cloud = await useLocalCloud(dataDirectory, config);
  try {
    terminal.note(`local cloud ${cloud.isStartedHere ? 'started' : 'found'} at ${cloud.url}`);
    if (cloud.unusedSettings.length > 0) terminal.note(describeUnusedSettings(cloud.unusedSettings));
    const metadata = choiceMetadata(choice, cloud.stack);
    await noteEarlierJobs(cloud.stack, context);
    const outcomes = await uploadAndWait(cloud.stack, files, metadata, context);
    for (const outcome of outcomes) await printResult(cloud, outcome, context);
    if (outcomes.some(({ job }) => job?.status !== 'succeeded')) throw new ReportedError();
  } catch (error) {
    if (!(cloud.isStartedHere && error instanceof InterruptionError)) throw error;
    terminal.note('stopping the local cloud …');
    throw new InterruptionError(
      error.signal,
      `The local cloud stopped too: uploaded files go on with the next \`npm start\` or \`${commandLine('local')}\`.`,
    );
  } finally {
    await cloud.release();
  }
}

/** Takes seconds, on a slow machine a minute, and only the first time. */
async function makeSample({ terminal, interrupted }: CommandContext): Promise<void> {
  if (existsSync(sampleClipPath)) return;
  const display = createProgressDisplay(terminal, { json: false });
  display.add(basename(sampleClipPath))({ phase: 'making', fraction: 0 });
  try {
    await makeSampleClip(sampleClipPath, interrupted);
  } catch (error) {
    // Ctrl-C stops ffmpeg too.
    if (!(interrupted.reason instanceof InterruptionError)) throw error;
    throw new InterruptionError(interrupted.reason.signal, 'The sample clip was not made.');
  } finally {
    display.stop();
  }
}

/** Jobs that an interrupted run left go on, and the new ones may wait for them. */
async function noteEarlierJobs({ ledger }: Stack, { terminal }: CommandContext): Promise<void> {
  const { length: count } = await lastChangedJobs(ledger, ['running', 'queued'], Number.MAX_SAFE_INTEGER);
  if (count === 0) return;
  const jobs = count === 1 ? '1 earlier job goes on' : `${count} earlier jobs go on`;
  terminal.note(
    `${jobs}: \`${commandLine('jobs')}\` lists them, \`${commandLine('cancel --all --yes')}\` ends them`,
  );
}

async function uploadAndWait(
  stack: Stack,
  files: Parameters<typeof uploadFiles>[1],
  metadata: Readonly<Record<string, string>>,
  { terminal, interrupted }: CommandContext,
): Promise<UploadOutcome[]> {
  const display = createProgressDisplay(terminal, { json: false });
  try {
    return await Promise.all(
      await uploadFiles(stack, files, { metadata, wait: true, display, signal: interrupted }),
    );
  } finally {
    display.stop();
  }
}

async function printResult(
  cloud: LocalCloudSession,
  outcome: UploadOutcome,
  { terminal, interrupted }: CommandContext,
): Promise<void> {
  terminal.print(`\n${formatOutcome(outcome, terminal)}`);
  const { job, file } = outcome;
  if (job === null || job.outputs === null) return;
  const { stack } = cloud;
  const units = await stack.ledger.listUnits(job.jobId);
  const display = createProgressDisplay(terminal, { json: false });
  const report = display.add(file.name);
  const master = await downloadPublished(stack, job.outputs, file.name, {
    onProgress: (fraction) => report({ phase: 'downloading', fraction }),
    signal: interrupted,
  }).finally(display.stop);
  terminal.print(
    formatStartSummary({
      job,
      outputs: job.outputs,
      units,
      uploadSeconds: outcome.uploadSeconds,
      master,
      bucket: stack.outputBucket,
      console: await filmInConsole(cloud, job.jobId),
    }),
  );
}

/** A cloud that was started here stops now, so the film is in the console of the next one. */
async function filmInConsole(
  { isStartedHere, dataDirectory }: LocalCloudSession,
  jobId: string,
): Promise<string> {
  if (!isStartedHere) return readLocalConsole(dataDirectory, jobId);
  const data = dataDirectory === defaultDataDirectory ? '' : `--data ${shellWord(dataDirectory)} `;
  return commandLine(`local ${data}--film ${jobId}`);
}
