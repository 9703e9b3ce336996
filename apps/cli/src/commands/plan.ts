import type { Command } from 'commander';
import { requireFfmpeg } from '../../setup/ffmpeg.mjs';
import type { CommandContext } from '../command-context.ts';
import { AlreadyReported } from '../describe-failure.ts';
import { checkFiles } from '../files/check-files.ts';
import type { LocalFile } from '../files/local-file.ts';
import { planUpload } from '../plan/plan-upload.ts';
import { readLadder } from '../plan/read-ladder.ts';
import { refusalOf } from '../plan/refusal-of.ts';
import { describePlan } from '../present/describe-plan.ts';

interface PlanOptions {
  readonly ladder?: string;
  readonly json?: true;
}

export function addPlanCommand(program: Command, context: CommandContext): void {
  program
    .command('plan')
    .description('show what would be made of a video and why, without encoding it')
    .argument('<file>')
    .option(
      '--ladder <file>',
      'try another ladder than the default one, from a file of JSON (docs/settings.md shows one)',
    )
    .option('--json', 'the facts, the plan, the task and its cost as one line of JSON')
    .action(async (typed: string, options: PlanOptions) => {
      for (const file of await checkFiles([typed])) await plan(file, options, context);
    });
}

async function plan(file: LocalFile, options: PlanOptions, { terminal, interrupted }: CommandContext) {
  const ladder = await readLadder(options.ladder);
  await requireFfmpeg();
  try {
    const planned = await planUpload(file, ladder, interrupted);
    terminal.print(
      options.json
        ? JSON.stringify({ file: file.typed, ...planned, reason: null })
        : describePlan(file, planned),
    );
  } catch (error) {
    const reason = refusalOf(error);
    if (!options.json || reason === null) throw error;
    const nothing = { facts: null, plan: null, size: null, cost: null };
    terminal.print(JSON.stringify({ file: file.typed, ...nothing, reason }));
    throw new AlreadyReported();
  }
}
