import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../operator/confirm.ts';
import { findDeletion } from '../operator/find-deletion.ts';
import { deletionQuestion, formatDeletion } from '../present/format-deletion.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { toOneLine } from '../terminal-text.ts';

interface DeleteOptions extends StackOptions {
  readonly source?: boolean;
  readonly yes?: boolean;
  readonly json?: true;
}

export function addDeleteCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('delete'))
    .description('unpublish a video and remove its files; a newer upload stays')
    .argument(
      '<upload>',
      'its key (videos/a.mov or a.mov: every version up to now), or a job (only that version): its id, at least the first 4 characters of its id, or latest',
    )
    .option('--source', 'also delete the uploaded file')
    .option('--yes', 'delete without asking')
    .option('--json', 'one line of JSON')
    .action((typed: string, options: DeleteOptions) => deleteTyped(typed, options, context));
}

async function deleteTyped(
  typed: string,
  { source = false, yes = false, ...options }: DeleteOptions,
  { terminal, interrupted }: CommandContext,
): Promise<void> {
  const stack = await openStack(options);
  const deletion = await findDeletion(stack, typed);
  if (!yes) {
    const output = await stack.ledger.readOutput(deletion.sourceKey);
    await confirm(deletionQuestion(deletion, output, source), interrupted);
  }
  // Loads the AWS SDK, which takes longer than the rest of a small command.
  const { deleteUpload } = await import('../operator/delete-upload.ts');
  const result = await deleteUpload(stack, deletion, { source, note: terminal.note });
  terminal.print(options.json ? JSON.stringify(result) : toOneLine(formatDeletion(result)));
}
