import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { runTool } from './run-tool.mjs';

const durationSeconds = 12;
const framesPerSecond = 30;

/**
 * A short film for whoever has none at hand: a test picture that moves and counts, 1080p, with a tone that beeps every
 * second, so that eye and ear can tell whether they are together. Made once.
 * @param {string} path where it is to be
 * @throws {import('./setup-error.mjs').SetupError} `tool-failed`
 */
export async function makeSampleClip(path) {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const partialPath = `${path}.part`;
  const argv = [
    ['-hide_banner', '-loglevel', 'error', '-y'],
    ['-f', 'lavfi', '-i', `testsrc2=size=1920x1080:rate=${framesPerSecond}:duration=${durationSeconds}`],
    ['-f', 'lavfi', '-i', `sine=frequency=330:beep_factor=4:sample_rate=48000:duration=${durationSeconds}`],
    ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-pix_fmt', 'yuv420p'],
    ['-g', String(2 * framesPerSecond), '-sc_threshold', '0'],
    ['-c:a', 'aac', '-b:a', '128k', '-ac', '2'],
    // Its name does not end in .mp4 until it is whole.
    ['-movflags', '+faststart', '-f', 'mp4', partialPath],
  ];
  await runTool('ffmpeg', argv.flat(), { onFailure: 'The sample clip could not be made: does ffmpeg run?' });
  renameSync(partialPath, path);
}
