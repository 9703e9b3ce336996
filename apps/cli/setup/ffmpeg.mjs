import { accessSync, constants, mkdirSync, renameSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runTool } from './run-process.mjs';
import { reportStep, SetupError } from './setup-error.mjs';

/** What the default ladder, the audio and the tone mapping of HDR sources need. */
const needed = { encoder: ['libx264', 'aac'], filter: ['zscale', 'tonemap'] };

/**
 * Installs ffmpeg and ffprobe from the packages of Debian or Ubuntu where they are missing. Does nothing where this is not
 * possible: there, `requireFfmpegOrInstaller` has checked them.
 * @throws {SetupError} `ffmpeg-missing`, says what to install
 */
export async function ensureFfmpeg() {
  if (!canInstallWithApt() || (await missingFfmpegFeatures()).length === 0) return;
  await reportStep('installing ffmpeg with apt-get', () => installWithApt('ffmpeg'));
  await requireFfmpeg();
}

/**
 * Checks before the installation of anything else that ffmpeg is installed, or can be installed by `ensureFfmpeg`.
 * @throws {SetupError} `ffmpeg-missing`, says what to install
 */
export async function requireFfmpegOrInstaller() {
  if (!canInstallWithApt()) await requireFfmpeg();
}

/**
 * Checks that ffmpeg and ffprobe have every feature that Fyrestream needs.
 * @throws {SetupError} `ffmpeg-missing`, says what to install
 */
export async function requireFfmpeg() {
  const missing = await missingFfmpegFeatures();
  if (missing.length === 0) return;
  throw new SetupError(
    'ffmpeg-missing',
    `Fyrestream needs ffmpeg 5.1 or newer with ffprobe, and ${missing.join(', ')} ${
      missing.length === 1 ? 'is' : 'are'
    } missing: install ffmpeg (Debian and Ubuntu: sudo apt-get install ffmpeg) and try again.`,
  );
}

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string[]>} the programs, encoders and filters that are missing, in words for a person
 */
export async function missingFfmpegFeatures(env = process.env) {
  const [encoders, filters, version] = await Promise.all([
    runIfInstalled('ffmpeg', '-encoders', env),
    runIfInstalled('ffmpeg', '-filters', env),
    runIfInstalled('ffprobe', '-version', env),
  ]);
  if (encoders === undefined || filters === undefined)
    return version === undefined ? ['ffmpeg', 'ffprobe'] : ['ffmpeg'];
  return [
    ...(version === undefined ? ['ffprobe'] : []),
    ...needed.encoder.filter((name) => !lists(encoders, name)).map((name) => `its encoder ${name}`),
    ...needed.filter.filter((name) => !lists(filters, name)).map((name) => `its filter ${name}`),
  ];
}

/**
 * @param {'ffmpeg' | 'ffprobe'} program
 * @returns {Promise<string | null>} such as `7.1.1-1+b1`; null where the program is missing or does not run
 */
export async function toolVersion(program) {
  const banner = await runIfInstalled(program, '-version', process.env);
  return banner === undefined ? null : (/version (\S+)/.exec(banner)?.[1] ?? 'unknown');
}

const durationSeconds = 12;
const framesPerSecond = 30;

/**
 * Makes a short clip for users without a video: a moving test pattern with a counter, 1080p, and a tone that beeps every
 * second, so that audio and video can be compared.
 * @param {string} path of the clip
 * @param {AbortSignal} signal
 * @throws {SetupError} `tool-failed`, `disk-full`
 */
export async function makeSampleClip(path, signal) {
  mkdirSync(dirname(path), { recursive: true });
  const partialPath = `${path}.part`;
  const argv = [
    ['-hide_banner', '-loglevel', 'error', '-y'],
    ['-f', 'lavfi', '-i', `testsrc2=size=1920x1080:rate=${framesPerSecond}:duration=${durationSeconds}`],
    ['-f', 'lavfi', '-i', `sine=frequency=330:beep_factor=4:sample_rate=48000:duration=${durationSeconds}`],
    ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-pix_fmt', 'yuv420p'],
    ['-g', String(2 * framesPerSecond), '-sc_threshold', '0'],
    ['-c:a', 'aac', '-b:a', '128k', '-ac', '2'],
    // The name of the partial file does not end in .mp4, so the format is stated.
    ['-movflags', '+faststart', '-f', 'mp4', partialPath],
  ];
  const onFailure = 'The sample clip could not be made: does ffmpeg run?';
  await runTool('ffmpeg', argv.flat(), { signal, onFailure });
  renameSync(partialPath, path);
}

/**
 * @param {string} program
 * @param {string} option
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} its output; undefined where the program is missing or does not run
 */
async function runIfInstalled(program, option, env) {
  try {
    return await runTool(program, ['-hide_banner', option], { env, onFailure: `${program} does not run` });
  } catch (error) {
    if (error instanceof SetupError) return undefined;
    throw error;
  }
}

/**
 * ffmpeg prints one encoder or filter per line: flags, name, description.
 * @param {string} output
 * @param {string} name
 */
function lists(output, name) {
  return output.split('\n').some((line) => line.trim().split(/\s+/)[1] === name);
}

/** Only root may install, and only Debian and its derivatives have apt. */
function canInstallWithApt() {
  return process.getuid?.() === 0 && isOnPath('apt-get');
}

/** @param {string} packageName */
async function installWithApt(packageName) {
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    onFailure: `${packageName} could not be installed with apt-get: install it by hand and try again.`,
  };
  // On a new machine another apt may hold the lock for a while.
  const waitForLock = ['-o', 'DPkg::Lock::Timeout=120'];
  // One broken source fails the whole update; the installation reports whether the package is available.
  await runTool('apt-get', [...waitForLock, 'update'], options).catch(() => undefined);
  await runTool(
    'apt-get',
    [...waitForLock, 'install', '-y', '--no-install-recommends', packageName],
    options,
  );
}

/** @param {string} program */
function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
