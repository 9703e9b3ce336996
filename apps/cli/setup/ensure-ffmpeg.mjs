import { announce } from './announce.mjs';
import { canInstallWithApt, installWithApt } from './install-with-apt.mjs';
import { missingFromFfmpeg } from './missing-from-ffmpeg.mjs';
import { requireFfmpeg } from './require-ffmpeg.mjs';

/**
 * Sees to an ffmpeg and ffprobe that can do the work, installed from Debian's or Ubuntu's packages where that
 * is possible.
 * @throws {import('./setup-error.mjs').SetupError} `ffmpeg-missing` with what to install
 */
export async function ensureFfmpeg() {
  if ((await missingFromFfmpeg()).length === 0) return;
  if (canInstallWithApt()) await announce('installing ffmpeg with apt-get', () => installWithApt('ffmpeg'));
  await requireFfmpeg();
}
