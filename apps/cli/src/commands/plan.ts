import type { Command } from 'commander';
import { requireFfmpeg } from '../../setup/ffmpeg.mjs';
import type { CommandContext } from '../command-context.ts';
import { ReportedError } from '../describe-error.ts';
import type { LocalFile } from '../files/local-file.ts';
import { resolveUploadFiles } from '../files/resolve-upload-files.ts';
import { planLocalFile, refusalReason } from '../plan/plan-local-file.ts';
import { readLadder } from '../plan/read-ladder.ts';
import { formatPlan } from '../present/format-plan.ts';

/** Where the task would run: the region and CPUs of a stack that sets neither. */
const defaultPlatform = { region: 'us-east-1', architecture: 'x86_64' } as const;

interface PlanOptions {
  readonly ladder?: string;
  readonly json?: true;
}

export function addPlanCommand(program: Command, context: CommandContext): void {
  program
    .command('plan')
    .description('show how a video would be encoded and why, without encoding it')
    .argument('<file>')
    .option(
      '--ladder <file>',
      'a JSON file with a ladder to use instead of the default (see docs/settings.md)',
    )
    .option('--json', 'one line of JSON: the facts, the plan, the task and its cost')
    .action(async (typed: string, options: PlanOptions) => {
      for (const file of await resolveUploadFiles([typed])) await plan(file, options, context);
    });
}

async function plan(file: LocalFile, options: PlanOptions, { terminal, interrupted }: CommandContext) {
  const ladder = await readLadder(options.ladder);
  await requireFfmpeg();
  try {
    const planned = await planLocalFile(file, { ladder, platform: defaultPlatform }, interrupted);
    terminal.print(
      options.json
        ? JSON.stringify({ file: file.typed, ...planned, reason: null })
        : formatPlan(file, planned),
    );
  } catch (error) {
    const reason = refusalReason(error);
    if (!options.json || reason === null) throw error;
    const nothing = { facts: null, plan: null, size: null, cost: null, ladderLacks: null };
    terminal.print(JSON.stringify({ file: file.typed, ...nothing, reason }));
    throw new ReportedError();
  }
}
