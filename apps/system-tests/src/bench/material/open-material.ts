import { extname, join } from 'node:path';
import { runFfmpeg } from '../measure/run-ffmpeg.ts';
import { makeMaterial } from './make-material.ts';
import type { Material } from './material.ts';
import { readMaterial } from './read-material.ts';

export interface WantedMaterial {
  /** A file instead of made material. */
  readonly file: string | null;
  /** Null: 60 s, or all of the file. */
  readonly seconds: number | null;
}

const defaultSeconds = 60;

/** Makes the material of a run, or takes a file: all of it, or its beginning. */
export async function openMaterial(directory: string, { file, seconds }: WantedMaterial): Promise<Material> {
  if (file === null) return await makeMaterial(directory, seconds ?? defaultSeconds);
  return seconds === null ? await readMaterial(file) : await cutMaterial(directory, file, seconds);
}

/** The first seconds of a file, without encoding them again. */
export async function cutMaterial(directory: string, file: string, seconds: number): Promise<Material> {
  const path = join(directory, `first-${seconds}-seconds${extname(file)}`);
  await runFfmpeg(['-i', file, '-t', `${seconds}`, '-map', '0:v:0', '-map', '0:a:0?', '-c', 'copy', path]);
  return await readMaterial(path);
}
