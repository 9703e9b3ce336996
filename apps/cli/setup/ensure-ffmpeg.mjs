import { announce } from './announce.mjs';
import { canInstallWithApt, installWithApt } from './install-with-apt.mjs';
import { missingFromFfmpeg } from './missing-from-ffmpeg.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * Sees to an ffmpeg and ffprobe that can do the work, installed from Debian's or Ubuntu's packages where that
 * is possible.
 * @throws {SetupError} `ffmpeg-missing` with what to install
 */
export async function ensureFfmpeg() {
  if ((await missingFromFfmpeg()).length === 0) return;
  if (canInstallWithApt()) await announce('installing ffmpeg with apt-get', () => installWithApt('ffmpeg'));
  const missing = await missingFromFfmpeg();
  if (missing.length === 0) return;
  throw new SetupError(
    'ffmpeg-missing',
    `Fyrestream needs ffmpeg 5.1 or newer with ffprobe, and ${missing.join(', ')} ${
      missing.length === 1 ? 'is' : 'are'
    } missing here: install it (Debian and Ubuntu: sudo apt-get install ffmpeg) and try again.`,
  );
}
