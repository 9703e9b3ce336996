import { join } from 'node:path';
import { runFfmpeg } from '../measure/run-ffmpeg.ts';
import { checkMaterial } from './describe-material.ts';
import type { Material } from './material.ts';
import { materialFrameRate, planScenes } from './plan-scenes.ts';
import { readMaterial } from './read-material.ts';

/**
 * Makes material with the statistics of films: motion, cuts, grain, detail of every size, dark and smooth areas. Its source
 * bitrate is that of cameras and of deliveries to platforms.
 * @throws FyrestreamError `unlike-film` if the bitrate is not 8 to 40 Mbit/s
 */
export async function makeMaterial(directory: string, seconds: number): Promise<Material> {
  const path = join(directory, 'material.mp4');
  const scenes = planScenes(seconds);
  const chains = scenes.map(
    ({ filters }, index) => `${filters},setsar=1,fps=${materialFrameRate},setpts=PTS-STARTPTS[s${index}]`,
  );
  const inputs = scenes.map((_, index) => `[s${index}]`).join('');
  const film = `${inputs}concat=n=${scenes.length}:v=1:a=0[video]`;
  const sound = `anoisesrc=c=pink:r=48000:a=0.1:seed=1,tremolo=f=0.5:d=0.6,aformat=channel_layouts=stereo,atrim=duration=${seconds}[audio]`;
  await runFfmpeg([
    ...['-filter_complex', [...chains, film, sound].join(';'), '-map', '[video]', '-map', '[audio]'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '19', '-maxrate', '36M', '-bufsize', '36M'],
    // A key frame each second, as cameras write them.
    ...['-g', `${materialFrameRate}`],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    ...['-c:a', 'aac', '-b:a', '160k', '-movflags', '+faststart', path],
  ]);
  const material = { ...(await readMaterial(path)), origin: `made, ${scenes.length} scenes` };
  checkMaterial(material);
  return material;
}
