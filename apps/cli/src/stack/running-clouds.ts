import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type CloudConnection, readCloudConnection } from './cloud-connection.ts';

const entrySchema = z.object({ dataDirectory: z.string().min(1), startedAt: z.iso.datetime() });

/** Registers the local cloud of this process in a file. Returns a function that removes the file. */
export async function registerCloud(folder: string, dataDirectory: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${process.pid}.json`);
  await writeFile(path, JSON.stringify({ dataDirectory, startedAt: new Date().toISOString() }));
  return () => rm(path, { force: true });
}

/** The running local cloud that was started last; null where none is running. Removes the entries of killed ones. */
export async function findRunningCloud(folder: string): Promise<CloudConnection | null> {
  const names = await readdir(folder).catch(() => []);
  const entries = await Promise.all(names.map((name) => readEntry(join(folder, name))));
  const newestFirst = entries
    .filter((entry) => entry !== null)
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  for (const { path, dataDirectory } of newestFirst) {
    const address = await readCloudConnection(dataDirectory).catch(() => null);
    if (address !== null) return address;
    await rm(path, { force: true });
  }
  return null;
}

async function readEntry(path: string) {
  try {
    return { path, ...entrySchema.parse(JSON.parse(await readFile(path, 'utf8'))) };
  } catch {
    return null; // removed in the meantime, or written only in part before a power failure
  }
}
