import type { FrameRange } from '../plan/encode-plan.ts';
import type { DecoderWarnings } from './decoder-warnings.ts';

/**
 * The warnings that a unit adds to those of the source. Each unit opens the source, and ffmpeg reports the errors of its beginning
 * each time: only the first unit counts them.
 * @param range null for all of the video, and for audio
 */
export function warningsOfUnit(warnings: DecoderWarnings, range: FrameRange | null): DecoderWarnings {
  if (range === null || range.firstFrame === 0) return warnings;
  const repeatedErrors = Math.min(warnings.errors, range.openingWarnings);
  const errors = warnings.errors - repeatedErrors;
  const corrupt = Math.max(0, warnings.corrupt - (range.openingWarnings - repeatedErrors));
  return { errors, corrupt, examples: errors + corrupt === 0 ? [] : warnings.examples };
}
