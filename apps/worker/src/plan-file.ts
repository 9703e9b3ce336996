import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeCredentials } from '@fyrestream/cloud';
import type { LadderPreset } from '@fyrestream/events';
import { findPidMoves, movePids } from './moved-streams.ts';
import { createFfmpeg } from './run-ffmpeg.ts';
import { planSource } from './stages/plan-source.ts';

/**
 * Plans a file on this machine with the stage that plans jobs. It has a bundle of its own, which the command line
 * loads by its path.
 * @throws MediaRefusal if the file cannot be transcoded
 */
export async function planFile(path: string, ladder: LadderPreset, signal: AbortSignal) {
  // ffmpeg parses untrusted files: its environment must not contain the operator's credentials.
  removeCredentials();
  const pidMoves = await findPidMoves(path, signal);
  if (pidMoves.length === 0) return planSource(createFfmpeg(), path, ladder, signal);
  // The operator's own file is left as it is.
  const directory = await mkdtemp(join(tmpdir(), 'fyrestream-plan-'));
  try {
    const copy = join(directory, 'source');
    await copyFile(path, copy);
    await movePids(copy, pidMoves, signal);
    return await planSource(createFfmpeg(), copy, ladder, signal, pidMoves);
  } finally {
    await rm(directory, { recursive: true });
  }
}
