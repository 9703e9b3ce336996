import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { removeCredentials } from '@fyrestream/cloud';
import { findPidMoves, movePids } from './moved-streams.ts';
import { createFfmpeg } from './run-ffmpeg.ts';
import { type PlanSettings, planSource } from './stages/plan-source.ts';

/**
 * Plans a file on this machine with the stage that plans jobs. It has a bundle of its own, which the command line
 * loads by its path.
 * @throws MediaRefusal if the file cannot be transcoded
 */
export async function planLocalFile(path: string, settings: PlanSettings, signal: AbortSignal) {
  removeCredentials();
  const source = resolve(path);
  const pidMoves = await findPidMoves(source, signal);
  // Not the folder of the operator: a file may name others in the working folder.
  const workingDirectory = await mkdtemp(join(tmpdir(), 'fyrestream-plan-'));
  const ffmpeg = createFfmpeg({ workingDirectory });
  try {
    if (pidMoves.length === 0) return await planSource(ffmpeg, source, settings, signal);
    // The operator's own file is left as it is.
    const copy = join(workingDirectory, 'source');
    await copyFile(source, copy);
    await movePids(copy, pidMoves, signal);
    return await planSource(ffmpeg, copy, settings, signal, pidMoves);
  } finally {
    await rm(workingDirectory, { recursive: true });
  }
}
