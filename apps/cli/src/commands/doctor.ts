import { allJobs, checkStack, type Finding, type Stack } from '@fyrestream/operations';
import type { Command } from 'commander';
import { repository } from '../../setup/repository.mjs';
import type { CommandContext } from '../command-context.ts';
import { errorMessage, ReportedError } from '../describe-error.ts';
import { checkDeployment } from '../doctor/check-deployment.ts';
import { checkDisk, checkFfmpeg, checkNode } from '../doctor/check-machine.ts';
import { checkQuota } from '../doctor/check-quota.ts';
import { readDeployment } from '../doctor/read-deployment.ts';
import { runCheckTool } from '../doctor/run-check-tool.ts';
import { findingsTable } from '../present/tables.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { UsageError } from '../usage-error.ts';

interface DoctorOptions extends StackOptions {
  readonly deploy?: true;
  readonly json?: true;
}

export function addDoctorCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('doctor'))
    .description('check this machine and the stack, and print what to fix')
    .option(
      '--deploy',
      'check what the first deployment needs, for the stack dev or --stack; changes nothing',
    )
    .option('--json', 'one line of JSON per finding')
    .action((options: DoctorOptions) => runDoctor(options, context));
}

async function runDoctor(options: DoctorOptions, { terminal }: CommandContext) {
  const findings = options.deploy
    ? await checkBeforeDeployment(options)
    : [checkNode(), ...(await checkNow(options))];
  if (options.json) for (const finding of findings) terminal.print(JSON.stringify(finding));
  else terminal.print(findingsTable(findings, terminal));
  if (findings.some(({ verdict }) => verdict === 'wrong')) throw new ReportedError();
}

async function checkBeforeDeployment({ stack = 'dev' }: DoctorOptions): Promise<Finding[]> {
  return checkDeployment(runCheckTool, await readDeployment(stack));
}

async function checkNow(options: DoctorOptions): Promise<Finding[]> {
  const found = await findStack(options);
  return 'verdict' in found ? checkWithoutStack(found) : checkWithStack(found);
}

/** A missing local cloud is wrong only where one was named. */
async function findStack(options: DoctorOptions): Promise<Stack | Finding> {
  try {
    return await openStack(options);
  } catch (error) {
    const isNamed = options.data !== undefined || options.stack !== undefined;
    const verdict = error instanceof UsageError && !isNamed ? 'unknown' : 'wrong';
    return { about: 'stack', verdict, message: errorMessage(error) ?? 'the stack cannot be opened' };
  }
}

async function checkWithoutStack(found: Finding): Promise<Finding[]> {
  return [...(await checkEncodingMachine(repository)), found];
}

async function checkWithStack(stack: Stack): Promise<Finding[]> {
  // A deployed stack encodes elsewhere, so ffmpeg and the disk of this machine do not matter.
  const machine = stack.dataDirectory === null ? [] : await checkEncodingMachine(stack.dataDirectory);
  const opened: Finding = { about: 'stack', verdict: 'well', message: stack.name };
  return [...machine, opened, ...(await checkStack(stack, describeError)), ...(await checkAccount(stack))];
}

/** A local cloud has no quotas. */
async function checkAccount({ ledger, access }: Stack): Promise<Finding[]> {
  if (access.local !== null) return [];
  try {
    return [await checkQuota(runCheckTool, await allJobs(ledger, 'queued'), access.region)];
  } catch (error) {
    return [{ about: 'quota', verdict: 'wrong', message: describeError(error) }];
  }
}

function describeError(error: unknown): string {
  return errorMessage(error) ?? 'no answer';
}

function checkEncodingMachine(folder: string): Promise<Finding[]> {
  return Promise.all([checkFfmpeg(), checkDisk(folder)]);
}
