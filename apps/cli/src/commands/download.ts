import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { masterPlaylistFileName } from '@fyrestream/events';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { findJob, jobArgument, outputsOf } from '../ledger/find-job.ts';
import { formatBytes } from '../present/format-values.ts';
import { createProgressDisplay } from '../progress/create-progress-display.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { downloadVersion } from '../transfer/download-version.ts';
import { UsageError } from '../usage-error.ts';

interface DownloadOptions extends StackOptions {
  readonly force?: true;
  readonly json?: true;
}

export function addDownloadCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('download'))
    .description('download the files that a job published into a directory')
    .argument('<job>', jobArgument)
    .argument('<directory>')
    .option('--force', 'also into a directory that is not empty; replaces files of the same name')
    .option('--json', 'one line of JSON')
    .action((id: string, directory: string, options: DownloadOptions) =>
      download(id, directory, options, context),
    );
}

async function download(
  typed: string,
  typedDirectory: string,
  options: DownloadOptions,
  { terminal, interrupted }: CommandContext,
) {
  const directory = resolve(typedDirectory);
  if (!options.force) await requireEmptyDirectory(directory, typedDirectory);
  const stack = await openStack(options);
  const job = await findJob(stack, typed);
  const { jobId } = job;
  const { prefix } = outputsOf(job);
  const display = createProgressDisplay(terminal, { json: options.json ?? false });
  const report = display.add(jobId);
  const downloaded = await downloadVersion(stack, prefix, directory, {
    onProgress: (fraction) => report({ phase: 'downloading', fraction }),
    signal: interrupted,
  }).finally(display.stop);
  const { fileCount, sizeBytes } = downloaded;
  const { masterKey } = outputsOf(job);
  // A film without HLS.
  const master = masterKey === null ? null : join(directory, masterPlaylistFileName);
  terminal.print(
    options.json
      ? JSON.stringify({ jobId, directory, master, fileCount, sizeBytes })
      : `${fileCount} files, ${formatBytes(sizeBytes)}${master === null ? '' : `: play ${master}`}`,
  );
}

async function requireEmptyDirectory(directory: string, typed: string): Promise<void> {
  const entries = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new UsageError('bad-directory', `${typed} is not a directory that can be written to.`);
  });
  if (entries.length === 0) return;
  throw new UsageError(
    'directory-not-empty',
    `${typed} is not empty: choose another directory, or add --force.`,
  );
}
