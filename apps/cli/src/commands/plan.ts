import {
  defaultProfileName,
  type LadderConfig,
  type ProfileSettings,
  settingsSchema,
  stackProfilesOf,
} from '@fyrestream/events';
import { type Command, Option } from 'commander';
import { requireFfmpeg } from '../../setup/ffmpeg.mjs';
import type { CommandContext } from '../command-context.ts';
import { configHelp, readConfig, type StackConfig } from '../config/read-config.ts';
import { ReportedError } from '../describe-error.ts';
import type { LocalFile } from '../files/local-file.ts';
import { resolveUploadFiles } from '../files/resolve-upload-files.ts';
import { planLocalFile, refusalReason } from '../plan/plan-local-file.ts';
import { readLadder } from '../plan/read-ladder.ts';
import { formatPlan } from '../present/format-plan.ts';
import { UsageError } from '../usage-error.ts';

/** `Pulumi.yaml` sets it for all stacks. */
const defaultRegion = 'us-east-1';
const noConfig: StackConfig = { settings: {}, region: undefined };

interface PlanOptions {
  readonly ladder?: string;
  readonly config?: string;
  readonly profile?: string;
  readonly json?: true;
}

export function addPlanCommand(program: Command, context: CommandContext): void {
  program
    .command('plan')
    .description('show how a video would be encoded and why, without encoding it')
    .argument('<file>')
    .addOption(
      new Option('--ladder <file>', 'a YAML or JSON file with a ladder (see docs/settings.md)').conflicts(
        'config',
      ),
    )
    .option('--config <file>', configHelp)
    .addOption(
      new Option('--profile <name>', 'by a profile of the config file, instead of `default`').conflicts(
        'ladder',
      ),
    )
    .option('--json', 'one line of JSON: the facts, the plan, the tasks and their cost')
    .action(async (typed: string, options: PlanOptions) => {
      for (const file of await resolveUploadFiles([typed])) await plan(file, options, context);
    });
}

async function plan(file: LocalFile, options: PlanOptions, { terminal, interrupted }: CommandContext) {
  const choices = await readChoices(options);
  await requireFfmpeg();
  try {
    const planned = await planLocalFile(file, choices, interrupted);
    terminal.print(
      options.json
        ? JSON.stringify({ file: file.typed, ...planned, reason: null })
        : formatPlan(file, planned),
    );
  } catch (error) {
    const reason = refusalReason(error);
    if (!options.json || reason === null) throw error;
    const nothing = { facts: null, plan: null, size: null, workers: null, cost: null, ladderLacks: null };
    terminal.print(JSON.stringify({ file: file.typed, ...nothing, reason }));
    throw new ReportedError();
  }
}

/** The ladder, the region and CPUs of the tasks, and how many a job gets: from a config file, else those of a stack that sets none. */
async function readChoices({ ladder, config, profile }: PlanOptions) {
  const { settings, region = defaultRegion } = config === undefined ? noConfig : await readConfig(config);
  const all = { ...settingsSchema.parse({}), ...settings };
  const { architecture, unitSeconds, maxWorkersPerJob, targetMinutes } = all;
  return {
    ladder: ladder === undefined ? ladderOf(profile, all) : await readLadder(ladder),
    unitSeconds,
    platform: { region, architecture },
    limits: { maxWorkersPerJob, targetMinutes },
  };
}

function ladderOf(name = defaultProfileName, settings: ProfileSettings): LadderConfig {
  const { profiles } = stackProfilesOf(settings);
  const profile = profiles.get(name);
  if (profile !== undefined) return profile.ladder;
  throw new UsageError(
    'profile-unknown',
    `--profile ${name}: the config has no such profile, but ${[...profiles.keys()].join(', ')}.`,
  );
}
