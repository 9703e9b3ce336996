import { runTool } from './run-tool.mjs';
import { SetupError } from './setup-error.mjs';

/** What the default ladder, the audio and the tone mapping of HDR sources ask of ffmpeg. */
const needed = { encoder: ['libx264', 'aac'], filter: ['zscale', 'tonemap'] };

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string[]>} what is not there, in words for a person; empty where all is
 */
export async function missingFromFfmpeg(env = process.env) {
  const [encoders, filters, version] = await Promise.all([
    ask('ffmpeg', '-encoders', env),
    ask('ffmpeg', '-filters', env),
    ask('ffprobe', '-version', env),
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
 * @param {string} program
 * @param {string} question
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} the answer; none where the program is not there or does not run
 */
async function ask(program, question, env) {
  try {
    return await runTool(program, ['-hide_banner', question], { env, onFailure: `${program} does not run` });
  } catch (error) {
    if (error instanceof SetupError) return undefined;
    throw error;
  }
}

/**
 * ffmpeg lists one thing a line: flags, then the name, then what it is.
 * @param {string} output
 * @param {string} name
 */
function lists(output, name) {
  return output.split('\n').some((line) => line.trim().split(/\s+/)[1] === name);
}
