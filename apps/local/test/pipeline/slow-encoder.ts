import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { promisify } from 'node:util';

/**
 * Puts an ffmpeg on the path of this process that reads the source of an encode no faster than so many times real time: an
 * encode then takes as long on a fast machine as on a slow one. A local cloud that is started afterwards uses it.
 * @param folder a new one, for the program
 * @param speed times real time
 * @returns puts the path back
 */
export async function useSlowEncoder(folder: string, speed: number): Promise<() => void> {
  const { stdout } = await promisify(execFile)('sh', ['-c', 'command -v ffmpeg']);
  const real = stdout.trim();
  const isEncode = '*+frag_keyframe*';
  const script = `#!/bin/sh\ncase "$*" in\n${isEncode}) exec ${real} -readrate ${speed} "$@" ;;\n*) exec ${real} "$@" ;;\nesac\n`;
  await mkdir(folder);
  await writeFile(`${folder}/ffmpeg`, script, { mode: 0o755 });
  const searchPath = process.env.PATH;
  process.env.PATH = `${folder}${delimiter}${searchPath}`;
  return () => {
    process.env.PATH = searchPath;
  };
}
