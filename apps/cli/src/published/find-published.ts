import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { publishedInBucket, type RangedFiles } from '@fyrestream/operations';
import { findJob, outputsOf } from '../ledger/find-job.ts';
import { openStack } from '../stack/open-stack.ts';
import type { StackOptions } from '../stack/stack-options.ts';
import { UsageError } from '../usage-error.ts';
import { publishedInFolder } from './published-in-folder.ts';

/** How help describes the argument of `findPublished`. */
export const publishedArgument = 'a job, as for other commands, or a directory with downloaded files';

/**
 * The published version of a job, or that in a directory. An existing directory takes precedence.
 * @throws UsageError `no-directory`; what `openStack`, `findJob` and `outputsOf` throw
 */
export async function findPublished(
  typed: string,
  options: StackOptions,
  signal: AbortSignal,
): Promise<{ files: RangedFiles; title: string }> {
  const isDirectory = (await stat(typed).catch(() => null))?.isDirectory() ?? false;
  if (isDirectory) {
    const folder = resolve(typed);
    return { files: publishedInFolder(folder, signal), title: basename(folder) };
  }
  if (/^\.{0,2}\//.test(typed)) throw new UsageError('no-directory', `There is no directory ${typed}.`);
  const stack = await openStack(options);
  const job = await findJob(stack, typed);
  return { files: publishedInBucket(stack, outputsOf(job).prefix, signal), title: job.upload.key };
}
