import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runFfmpeg } from '../measure/run-ffmpeg.ts';
import type { Material } from './material.ts';
import { readMaterial } from './read-material.ts';

const pieceSeconds = 2;

/**
 * A source of about that size that is cheap to make and to encode: small pictures at the bitrate of Full HD, repeated without
 * encoding them again.
 */
export async function makeLargeSource(directory: string, megabytes: number): Promise<Material> {
  const piece = join(directory, 'large-source-piece.mp4');
  await runFfmpeg([
    ...['-f', 'lavfi', '-i', `testsrc2=s=426x240:r=30:d=${pieceSeconds},noise=alls=60:allf=t,format=yuv420p`],
    ...['-f', 'lavfi', '-i', `anoisesrc=c=pink:r=48000:a=0.1:d=${pieceSeconds}`],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-qp',
      '8',
      '-g',
      '60',
      '-c:a',
      'aac',
      '-b:a',
      '128k',
      piece,
    ],
  ]);
  const repetitions = Math.max(1, Math.round((megabytes * 1e6) / (await stat(piece)).size));
  const path = join(directory, `large-source-${megabytes}.mp4`);
  await runFfmpeg(['-stream_loop', `${repetitions - 1}`, '-i', piece, '-map', '0', '-c', 'copy', path]);
  return await readMaterial(path);
}
