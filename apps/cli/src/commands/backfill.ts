import {
  type BackfilledObject,
  type BackfillRequest,
  backfill,
  backfillOutcomes,
  isInPlace,
  type Stack,
} from '@fyrestream/operations';
import { type Command, InvalidArgumentError } from 'commander';
import { choiceMetadata } from '../choice/choice-metadata.ts';
import { type ChoiceOptions, choiceOf, withChoiceOptions } from '../choice/with-choice-options.ts';
import type { CommandContext } from '../command-context.ts';
import { ReportedError } from '../describe-error.ts';
import { chooseFolder } from '../files/choose-key.ts';
import { drawTable } from '../present/draw-table.ts';
import { formatBytes } from '../present/format-values.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import type { Terminal } from '../terminal.ts';
import { toOneLine } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';

interface BackfillOptions extends StackOptions, ChoiceOptions {
  readonly prefix?: string;
  readonly match?: string;
  readonly maxWaiting: number;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Objects between two notes of progress. */
const notedObjects = 1_000;

export function addBackfillCommand(program: Command, context: CommandContext): void {
  withChoiceOptions(withStackOptions(program.command('backfill')))
    .description(
      'admit videos that lie in the source bucket without a job, or copy them there from another bucket',
    )
    .argument(
      '[s3-url]',
      's3://BUCKET/PREFIX of the videos; without it, all of the source bucket below videos/',
    )
    .option('--prefix <directory>', 'a folder below videos/ for copies')
    .option(
      '--match <pattern>',
      'only those whose path below videos/ matches; * stands for any characters, also for /',
    )
    .option(
      '--max-waiting <count>',
      'go on while fewer messages wait in the upload queue',
      positiveInteger,
      200,
    )
    .option('--dry-run', 'only show what would be done')
    .option('--json', 'one line of JSON per object')
    .action((url: string | undefined, options: BackfillOptions) => run(url, options, context));
}

async function run(url: string | undefined, options: BackfillOptions, context: CommandContext) {
  const { terminal, interrupted } = context;
  const { dryRun = false, json = false } = options;
  const choice = choiceOf(options);
  const stack = await openStack(options);
  const request: BackfillRequest = {
    ...addressOf(url, stack),
    pattern: options.match ?? null,
    folder: chooseFolder(options.prefix),
    metadata: choiceMetadata(choice, stack),
    maxWaiting: options.maxWaiting,
    dryRun,
  };
  refuseUselessOptions(stack, request, options);
  const done: BackfilledObject[] = [];
  const report = (object: BackfilledObject) => {
    done.push(object);
    if (json) terminal.print(JSON.stringify({ ...object, dryRun }));
    else if (object.outcome === 'failed')
      terminal.print(toOneLine(`${object.from}  ${terminal.colour('red', object.reason?.message ?? '')}`));
    if (!json && done.length % notedObjects === 0) terminal.note(`${done.length} objects`);
  };
  await backfill(stack, request, report, interrupted);
  if (!json) terminal.print(drawSummary(done, terminal));
  if (!json && dryRun) terminal.note('nothing was done: this was a dry run');
  if (done.some(({ outcome }) => outcome === 'failed')) throw new ReportedError();
}

function positiveInteger(typed: string): number {
  if (/^[1-9]\d{0,8}$/.test(typed)) return Number(typed);
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

/** @throws UsageError `bad-s3-url` */
function addressOf(url: string | undefined, { sourceBucket }: Pick<Stack, 'sourceBucket'>) {
  if (url === undefined) return { bucket: sourceBucket, prefix: '' };
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(url) ?? [];
  if (bucket !== undefined) return { bucket, prefix };
  throw new UsageError('bad-s3-url', `${url} is no address such as s3://BUCKET/PREFIX.`);
}

/** An object that stays where it is keeps its metadata. */
function refuseUselessOptions(stack: Stack, request: BackfillRequest, options: BackfillOptions): void {
  if (!isInPlace(stack, request)) return;
  const useless = [
    ...(options.prefix === undefined ? [] : ['--prefix']),
    ...(options.profile === undefined ? [] : ['--profile']),
    ...(options.option.length === 0 ? [] : ['--option']),
  ];
  if (useless.length === 0) return;
  throw new UsageError(
    'useless-option',
    `${useless.join(' and ')} cannot be used: these videos stay where they are, with their metadata. Rules of the stack or sidecars say how they are made.`,
  );
}

function drawSummary(done: readonly BackfilledObject[], terminal: Pick<Terminal, 'colour'>): string {
  const groups = backfillOutcomes.flatMap((outcome) => {
    const objects = done.filter((one) => one.outcome === outcome);
    const codes = [...new Set(objects.map(({ reason }) => reason?.code ?? ''))].sort();
    return codes.map((code) => {
      const own = objects.filter(({ reason }) => (reason?.code ?? '') === code);
      return { outcome, code, count: own.length, bytes: own.reduce((sum, one) => sum + one.sizeBytes, 0) };
    });
  });
  const rows = groups.map(({ outcome, code, count, bytes }) => [
    outcome === 'failed' ? terminal.colour('red', outcome) : outcome,
    code || '-',
    String(count),
    formatBytes(bytes),
  ]);
  return drawTable(['OUTCOME', 'WHY', 'OBJECTS', 'SIZE'], rows, ['left', 'left', 'right', 'right']);
}
