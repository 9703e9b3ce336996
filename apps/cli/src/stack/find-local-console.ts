import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FyrestreamError } from '@fyrestream/events';
import { z } from 'zod';
import { consoleUrlOf } from './console-url.ts';
import { requireLocalCloud } from './open-stack.ts';
import type { StackOptions } from './stack-options.ts';

/** What a running local cloud writes to `api.json`. */
const apiFileSchema = z.object({ url: z.url(), token: z.string().min(1) });

/**
 * The URL of the console of a running local cloud.
 * @throws UsageError `no-local-cloud`; FyrestreamError `console-not-found`
 */
export async function findLocalConsole(options: StackOptions): Promise<string> {
  const { dataDirectory } = await requireLocalCloud(options);
  return readLocalConsole(dataDirectory);
}

/**
 * The URL of the console of the local cloud that runs on a directory.
 * @param jobId of the film that it shows
 * @throws FyrestreamError `console-not-found`
 */
export async function readLocalConsole(dataDirectory: string, jobId?: string): Promise<string> {
  const path = join(dataDirectory, 'api.json');
  try {
    return consoleUrlOf(apiFileSchema.parse(JSON.parse(await readFile(path, 'utf8'))), jobId);
  } catch (cause) {
    throw new FyrestreamError({
      code: 'console-not-found',
      message: `${path} cannot be read: restart the local cloud, which serves the console.`,
      retryable: false,
      cause,
    });
  }
}
