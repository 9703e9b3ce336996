import { removeCredentials } from '@fyrestream/cloud';
import type { LadderPreset } from '@fyrestream/events';
import { createFfmpeg } from './run-ffmpeg.ts';
import { planSource } from './stages/plan-source.ts';

/**
 * What a worker would make of a file on this machine, by the very stage that plans jobs. A bundle of its own, which the
 * command line loads by its path.
 * @throws MediaRefusal where the file cannot become a stream
 */
export function planFile(path: string, ladder: LadderPreset, signal: AbortSignal) {
  // ffmpeg parses whatever somebody was sent: the operator's credentials are none of its business.
  removeCredentials();
  return planSource(createFfmpeg(), path, ladder, signal);
}
