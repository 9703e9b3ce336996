import { statfs } from 'node:fs/promises';

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
