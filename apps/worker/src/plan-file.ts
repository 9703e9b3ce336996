import { removeCredentials } from '@fyrestream/cloud';
import type { LadderPreset } from '@fyrestream/events';
import { createFfmpeg } from './run-ffmpeg.ts';
import { planSource } from './stages/plan-source.ts';

/**
 * Plans a file on this machine with the stage that plans jobs. It has a bundle of its own, which the command line
 * loads by its path.
 * @throws MediaRefusal if the file cannot be transcoded
 */
export function planFile(path: string, ladder: LadderPreset, signal: AbortSignal) {
  // ffmpeg parses untrusted files: its environment must not contain the operator's credentials.
  removeCredentials();
  return planSource(createFfmpeg(), path, ladder, signal);
}
