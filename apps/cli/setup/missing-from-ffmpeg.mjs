import { runTool } from './run-tool.mjs';

/** What the default ladder, the audio and the tone mapping of HDR sources ask of ffmpeg. */
const needed = { encoders: ['libx264', 'aac'], filters: ['zscale', 'tonemap'] };

/** @returns {Promise<string[]>} what is not there, in words for a person; empty where all is */
export async function missingFromFfmpeg(env = process.env) {
  const ask = (program, argv) => runTool(program, argv, { env, onFailure: `${program} does not run` });
  const [encoders, filters, ffprobe] = await Promise.allSettled([
    ask('ffmpeg', ['-hide_banner', '-encoders']),
    ask('ffmpeg', ['-hide_banner', '-filters']),
    ask('ffprobe', ['-hide_banner', '-version']),
  ]);
  const programs = [
    ...(encoders.status === 'rejected' || filters.status === 'rejected' ? ['ffmpeg'] : []),
    ...(ffprobe.status === 'rejected' ? ['ffprobe'] : []),
  ];
  if (programs.length > 0) return programs;
  return [
    ...needed.encoders.filter((name) => !lists(encoders.value, name)).map((name) => `its encoder ${name}`),
    ...needed.filters.filter((name) => !lists(filters.value, name)).map((name) => `its filter ${name}`),
  ];
}

/** ffmpeg lists one thing a line: flags, then the name, then what it is. */
function lists(output, name) {
  return output.split('\n').some((line) => line.trim().split(/\s+/)[1] === name);
}
