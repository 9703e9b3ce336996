import type { Command } from 'commander';
import { repository } from '../../setup/repository.mjs';
import type { CommandContext } from '../command-context.ts';
import { AlreadyReported, sentenceOf } from '../describe-failure.ts';
import { checkDisk, checkFfmpeg, checkNode } from '../doctor/check-machine.ts';
import { checkStack } from '../doctor/check-stack.ts';
import type { Finding } from '../doctor/finding.ts';
import { findingsTable } from '../present/findings-table.ts';
import { openStack } from '../stack/open-stack.ts';
import type { Stack } from '../stack/stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { UsageError } from '../usage-error.ts';

interface DoctorOptions extends StackOptions {
  readonly json?: true;
}

export function addDoctorCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('doctor'))
    .description('look whether this machine and the stack are well, and say what to do where they are not')
    .option('--json', 'one line of JSON per finding')
    .action((options: DoctorOptions) => examine(options, context));
}

async function examine(options: DoctorOptions, { terminal }: CommandContext) {
  const found = await findStack(options);
  const findings = [
    checkNode(),
    ...('verdict' in found ? await withoutStack(found) : await withStack(found)),
  ];
  if (options.json) for (const finding of findings) terminal.print(JSON.stringify(finding));
  else terminal.print(findingsTable(findings, terminal));
  if (findings.some(({ verdict }) => verdict === 'wrong')) throw new AlreadyReported();
}

/** That no local cloud runs is no fault where nobody named one. */
async function findStack(options: DoctorOptions): Promise<Stack | Finding> {
  try {
    return await openStack(options);
  } catch (error) {
    const isNamed = options.data !== undefined || options.stack !== undefined;
    const verdict = error instanceof UsageError && !isNamed ? 'unknown' : 'wrong';
    return { about: 'stack', verdict, message: sentenceOf(error) ?? 'it cannot be opened' };
  }
}

async function withoutStack(found: Finding): Promise<Finding[]> {
  return [...(await examineWorkplace(repository)), found];
}

async function withStack(stack: Stack): Promise<Finding[]> {
  // A deployed stack encodes elsewhere: this machine's ffmpeg and disk are nothing to it.
  const workplace = stack.dataDirectory === null ? [] : await examineWorkplace(stack.dataDirectory);
  const itself: Finding = { about: 'stack', verdict: 'well', message: stack.name };
  return [...workplace, itself, ...(await checkStack(stack))];
}

function examineWorkplace(folder: string): Promise<Finding[]> {
  return Promise.all([checkFfmpeg(), checkDisk(folder)]);
}
