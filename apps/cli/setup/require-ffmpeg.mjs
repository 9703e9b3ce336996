import { missingFromFfmpeg } from './missing-from-ffmpeg.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * Goes on only where ffmpeg and ffprobe can do the work.
 * @throws {SetupError} `ffmpeg-missing` with what to install
 */
export async function requireFfmpeg() {
  const missing = await missingFromFfmpeg();
  if (missing.length === 0) return;
  throw new SetupError(
    'ffmpeg-missing',
    `Fyrestream needs ffmpeg 5.1 or newer with ffprobe, and ${missing.join(', ')} ${
      missing.length === 1 ? 'is' : 'are'
    } missing here: install it (Debian and Ubuntu: sudo apt-get install ffmpeg) and try again.`,
  );
}
