import { once } from 'node:events';
import { type Command, InvalidArgumentError } from 'commander';
import { openUrl } from '../../setup/open-url.mjs';
import type { CommandContext } from '../command-context.ts';
import { configHelp, readConfig } from '../config/read-config.ts';
import { describeUnusedSettings } from '../present/describe-unused-settings.ts';
import { defaultDataDirectory } from '../repository-paths.ts';
import { consoleUrlOf } from '../stack/console-url.ts';
import { hostLocalCloud } from '../stack/host-local-cloud.ts';
import { resolveDataDirectory } from '../stack/resolve-data-directory.ts';

interface LocalOptions {
  readonly data: string;
  readonly port?: number;
  readonly config?: string;
  readonly film?: string;
}

export function addLocalCommand(program: Command, context: CommandContext): void {
  program
    .command('local')
    .description('run the local cloud until stopped')
    .option('--data <directory>', 'directory for its state', defaultDataDirectory)
    .option('--port <number>', 'port of the local cloud; S3 and the console use the next two', portNumber)
    .option('--config <file>', configHelp)
    .option('--film <job>', 'open the film of a job in a browser, by the id of the job')
    .action((options: LocalOptions) => runLocalCloud(options, context));
}

/** Runs the local cloud until a signal stops it, which is its normal end. */
async function runLocalCloud(
  { data, port, config: typed, film }: LocalOptions,
  { terminal, interrupted }: CommandContext,
) {
  const config = typed === undefined ? undefined : await readConfig(typed);
  const cloud = await hostLocalCloud({ dataDirectory: resolveDataDirectory(data), port, config });
  if (cloud.unusedSettings.length > 0) terminal.note(describeUnusedSettings(cloud.unusedSettings));
  terminal.note(`state in ${cloud.dataDirectory}, S3 at ${cloud.s3Url}`);
  terminal.note(`console at ${consoleUrlOf(cloud.api)}`);
  terminal.print(`ready ${cloud.url}`);
  if (film !== undefined) showFilm(consoleUrlOf(cloud.api, film), terminal);
  if (!interrupted.aborted) await once(interrupted, 'abort');
  terminal.note('stopping');
  await cloud.stop();
}

function showFilm(url: string, terminal: CommandContext['terminal']): void {
  terminal.note(`film at ${url}`);
  if (terminal.outputScreen !== null) openUrl(url);
}

/** Two more follow. */
const maxPort = 65_533;

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= maxPort) return port;
  throw new InvalidArgumentError(`A port is a whole number from 1 to ${maxPort}.`);
}
