import { runTool } from './run-tool.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * @param {'ffmpeg' | 'ffprobe'} program
 * @returns {Promise<string | null>} such as `7.1.1-1+b1`; null where the program is not there or does not run
 */
export async function toolVersion(program) {
  try {
    const banner = await runTool(program, ['-version'], { onFailure: `${program} does not run` });
    return /version (\S+)/.exec(banner)?.[1] ?? 'unknown';
  } catch (error) {
    if (error instanceof SetupError) return null;
    throw error;
  }
}
