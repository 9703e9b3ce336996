import { openAsBlob } from 'node:fs';

/** A file on this machine, for `uploadFile`. It is read as its parts are sent. */
export function openFile(path: string): Promise<Blob> {
  return openAsBlob(path) as Promise<Blob>;
}
