import { once } from 'node:events';
import { masterPlaylistFileName } from '@fyrestream/events';
import type { RangedFiles } from '@fyrestream/operations';
import type { Command } from 'commander';
import { openUrl } from '../../setup/open-url.mjs';
import type { CommandContext } from '../command-context.ts';
import { isEncrypted, progressiveFiles, servePlayer } from '../play/serve-player.ts';
import { findPublished, publishedArgument } from '../published/find-published.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { UsageError } from '../usage-error.ts';

interface PlayOptions extends StackOptions {
  readonly open: boolean;
}

export function addPlayCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('play'))
    .description('play a published video in a browser, until stopped')
    .argument('<job or directory>', publishedArgument)
    .option('--no-open', 'only print the URL of the player')
    .action((typed: string, options: PlayOptions) => play(typed, options, context));
}

/** Serves the player until a signal stops it, which is its normal end. */
async function play(typed: string, options: PlayOptions, { terminal, interrupted }: CommandContext) {
  const { files, title } = await findPublished(typed, options, interrupted);
  const sizes = await files.sizes();
  if (!sizes.has(masterPlaylistFileName) && progressiveFiles(sizes).length === 0) {
    throw new UsageError('nothing-to-play', `${typed} contains no ${masterPlaylistFileName} and no MP4.`);
  }
  const key = (await isEncrypted(files, sizes)) ? await requireKey(files, typed) : null;
  const player = await servePlayer(files, sizes, title, key);
  terminal.print(`playing at ${player.url}`);
  if (terminal.outputScreen !== null) {
    if (options.open) openUrl(player.url);
    terminal.note('press Ctrl-C to stop');
  }
  if (!interrupted.aborted) await once(interrupted, 'abort');
  await player.close();
}

async function requireKey(files: RangedFiles, typed: string): Promise<Uint8Array> {
  const key = await files.key();
  if (key !== null) return key;
  throw new UsageError(
    'no-key',
    `${typed} is encrypted, and its key is not here: a downloaded directory has none, and a version that was removed has none any more. Play its job, or open the playlist in a player that reaches the key server.`,
  );
}
