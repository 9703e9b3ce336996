import { settingsSchema } from '@fyrestream/events';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { configHelp, readConfig } from '../config/read-config.ts';
import { ReportedError } from '../describe-error.ts';
import { checkImage } from '../image/check-image.ts';
import { findingsTable } from '../present/tables.ts';

interface ImageOptions {
  readonly config?: string;
  readonly json?: true;
}

export function addImageCommand(program: Command, context: CommandContext): void {
  program
    .command('image')
    .description("tell whether newer base images and packages exist for the transcoder's image")
    .option('--config <file>', configHelp)
    .option('--json', 'one line of JSON per finding')
    .action((options: ImageOptions) => runImage(options, context));
}

async function runImage({ config, json }: ImageOptions, { terminal }: CommandContext): Promise<void> {
  const given = config === undefined ? {} : (await readConfig(config)).settings;
  const image = given.image ?? settingsSchema.parse({}).image;
  const findings = await checkImage(image, new Date().toISOString().slice(0, 10));
  if (json) for (const finding of findings) terminal.print(JSON.stringify(finding));
  else terminal.print(findingsTable(findings, terminal));
  if (findings.some(({ verdict }) => verdict === 'wrong')) throw new ReportedError();
}
