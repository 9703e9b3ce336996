import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Seconds of the video; segments are 6 s, so there are four of them. */
export const filmSeconds = 21;
/** Its languages by the pitch in which each of them beeps. */
export const toneHertz = { en: 440, de: 880 };
/** Its captions: when each is to be seen. */
export const captions = [
  { begin: 1, end: 3, text: 'A first line' },
  { begin: 6, end: 8, text: 'Über die Grenze' },
  { begin: 9, end: 10.5, text: 'A third line' },
  { begin: 14, end: 17, text: 'The last line' },
];

/**
 * A video of 640x360 at 25 frames per second: each second it flashes and beeps for 120 ms, in English and in German, with
 * German captions.
 */
export async function makeBilingualFilm(directory: string): Promise<string> {
  const path = join(directory, 'film.mkv');
  const captionPath = await writeCaptions(directory);
  const beeps = Object.values(toneHertz).map(
    (hertz) => `aevalsrc=0.5*sin(2*PI*${hertz}*t)*lt(mod(t\\,1)\\,0.12):s=48000:d=${filmSeconds}`,
  );
  const flash = `drawbox=color=white:t=fill:enable='lt(mod(n,25),3)'`;
  await promisify(execFile)('ffmpeg', [
    ...['-v', 'error', '-y'],
    ...['-f', 'lavfi', '-i', `testsrc2=size=640x360:rate=25:duration=${filmSeconds},${flash}`],
    ...beeps.flatMap((beep) => ['-f', 'lavfi', '-i', beep]),
    ...['-i', captionPath, '-map', '0', '-map', '1', '-map', '2', '-map', '3'],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-pix_fmt',
      'yuv420p',
      '-c:a',
      'aac',
      '-ac',
      '2',
      '-c:s',
      'srt',
    ],
    ...[
      '-metadata:s:a:0',
      'language=eng',
      '-metadata:s:a:1',
      'language=ger',
      '-metadata:s:s:0',
      'language=ger',
    ],
    path,
  ]);
  return path;
}

/** Two seconds without audio, with one caption, as in the MP4 of a phone. */
export async function makeSilentFilm(directory: string): Promise<string> {
  const path = join(directory, 'silent.mp4');
  const captionPath = await writeCaptions(directory);
  await promisify(execFile)('ffmpeg', [
    ...[
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=426x240:rate=25:duration=4',
      '-i',
      captionPath,
    ],
    ...[
      '-map',
      '0',
      '-map',
      '1',
      '-t',
      '4',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-pix_fmt',
      'yuv420p',
    ],
    ...['-c:s', 'mov_text', '-metadata:s:s:0', 'language=ger', path],
  ]);
  return path;
}

async function writeCaptions(directory: string): Promise<string> {
  const path = join(directory, 'captions.srt');
  const time = (seconds: number) =>
    new Date(seconds * 1_000).toISOString().slice('1970-01-01T'.length, -1).replace('.', ',');
  const blocks = captions.map(
    ({ begin, end, text }, index) => `${index + 1}\n${time(begin)} --> ${time(end)}\n${text}\n`,
  );
  await writeFile(path, blocks.join('\n'));
  return path;
}
