import { statfs } from 'node:fs/promises';
import { LocalError } from './local-error.ts';

const mebibyte = 2 ** 20;

/**
 * Free space below which writes are refused, so that none of them meets a full disk half-way: dynalite then ends the process.
 * Objects are refused first; the ledger and the queues can still record what happens.
 */
export const reservedBytes = { objects: 64 * mebibyte, records: 16 * mebibyte };

/** Free bytes of the file system of a directory. */
export type MeasureFreeSpace = (directory: string) => Promise<number>;

export const measureFreeSpace: MeasureFreeSpace = async (directory) => {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
};

/** @throws LocalError `disk-full` if the local cloud could record nothing in the directory */
export async function requireFreeSpace(directory: string, freeSpace: MeasureFreeSpace): Promise<void> {
  const freeBytes = await freeSpace(directory);
  if (freeBytes >= reservedBytes.records) return;
  throw new LocalError({
    code: 'disk-full',
    message: `The disk of ${directory} is full: ${Math.floor(freeBytes / mebibyte)} MiB are free, and the local cloud needs ${reservedBytes.records / mebibyte} MiB for its records alone. Make room, then start it again.`,
    retryable: true,
  });
}
