import { open } from 'node:fs/promises';
import { findKeyFrameRepairs, sniffContainer, sniffLengthBytes } from '@fyrestream/media';
import { readRange } from './read-range.ts';

/**
 * Makes the repairs of `findKeyFrameRepairs` in the file itself, so that ffmpeg shows the frames that players show. Safe to
 * repeat.
 */
export async function repairKeyFrames(path: string): Promise<void> {
  const sniffed = sniffContainer(await readRange(path, 0, sniffLengthBytes));
  if (sniffed.kind !== 'media' || sniffed.demuxer !== 'mov') return;
  const repairs = await findKeyFrameRepairs((offset, lengthBytes) => readRange(path, offset, lengthBytes));
  if (repairs.length === 0) return;
  const file = await open(path, 'r+');
  try {
    for (const { offset, bytes } of repairs) await file.write(bytes, 0, bytes.length, offset);
  } finally {
    await file.close();
  }
}
