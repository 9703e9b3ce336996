import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { ReportedError } from '../describe-error.ts';
import { formatVerification } from '../present/format-verification.ts';
import { findPublished, publishedArgument } from '../published/find-published.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';

interface VerifyOptions extends StackOptions {
  readonly json?: true;
}

export function addVerifyCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('verify'))
    .description('check a published version: that of a job, or a downloaded directory')
    .argument('<job or directory>', publishedArgument)
    .option('--json', 'one line of JSON with the checks')
    .action((typed: string, options: VerifyOptions) => verify(typed, options, context));
}

async function verify(typed: string, options: VerifyOptions, { terminal, interrupted }: CommandContext) {
  const { files } = await findPublished(typed, options, interrupted);
  const { verifyPublished } = await import('@fyrestream/media');
  const { passed, checks, certificate } = await verifyPublished(files);
  terminal.print(
    options.json
      ? JSON.stringify({ version: typed, passed, fileCount: certificate.files.length, checks })
      : formatVerification(checks, certificate.files.length, terminal),
  );
  if (!passed) throw new ReportedError();
}
