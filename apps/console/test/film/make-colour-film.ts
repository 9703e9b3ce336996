import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const filmSeconds = 18;
/** Its languages by the pitch of their tones. */
export const toneHertz = { English: 440, Deutsch: 880 };
/** Its captions: the whole film has one in each language. */
export const captionOf = { English: 'Good evening', Deutsch: 'Guten Abend' };

/** Its chapters. */
export const chapterAt = (seconds: number) => (seconds < 10 ? 'The red & <warm> part' : 'Das Ende');
/** As the page lists them. */
export const chapterNames = [`0:00 ${chapterAt(0)}`, `0:10 ${chapterAt(10)}`];

/** Caption files beside it, one of each kind: the ending of the name, and the bytes. */
export const captionFiles: readonly (readonly [ending: string, bytes: Buffer])[] = [
  ['fr.srt', Buffer.from(`1\r\n00:00:00.000-->00:00:${filmSeconds},000\r\nBonne soirée\r\n`, 'latin1')],
  ['es.vtt', Buffer.from(`WEBVTT\n\n00:00.000 --> 00:${filmSeconds}.000\nBuenas noches\n`)],
  [
    'it.ttml',
    Buffer.from(
      `<tt xmlns="http://www.w3.org/ns/ttml"><body><p end="${filmSeconds}s">Buonasera</p></body></tt>`,
    ),
  ],
];
/** What they show, by the name that the player has for them. */
export const captionOfFile = { français: 'Bonne soirée', español: 'Buenas noches', italiano: 'Buonasera' };

/** A film of 640x360 in one colour that tells the time: the hue turns by 12 degrees each second. Audio and captions are in English and German. */
export async function makeColourFilm(directory: string): Promise<string> {
  const path = join(directory, 'colours.mkv');
  const captions = await Promise.all(
    Object.entries(captionOf).map(async ([name, text]) => {
      const file = join(directory, `${name}.srt`);
      await writeFile(file, `1\n00:00:00,000 --> 00:00:${filmSeconds},000\n${text}\n`);
      return file;
    }),
  );
  const chapters = join(directory, 'chapters.txt');
  const chapter = (start: number, end: number) =>
    `[CHAPTER]\nTIMEBASE=1/1\nSTART=${start}\nEND=${end}\ntitle=${chapterAt(start)}\n`;
  await writeFile(chapters, `;FFMETADATA1\n${chapter(0, 10)}${chapter(10, filmSeconds)}`);
  const channels = { English: '5.1', Deutsch: 'stereo' };
  const tones = Object.entries(toneHertz).map(
    ([name, hertz]) =>
      `sine=frequency=${hertz}:sample_rate=48000,aformat=channel_layouts=${channels[name as keyof typeof channels]}`,
  );
  const colour = `color=0xb06060:size=640x360:rate=25,format=yuv444p,hue=h=${hueDegreesPerSecond}*t`;
  const languages = ['eng', 'ger'].flatMap((language, index) => [
    ...[`-metadata:s:a:${index}`, `language=${language}`],
    ...[`-metadata:s:s:${index}`, `language=${language}`],
  ]);
  await promisify(execFile)('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', colour],
    ...tones.flatMap((tone) => ['-f', 'lavfi', '-i', tone]),
    ...captions.flatMap((file) => ['-i', file]),
    ...['-i', chapters, '-map_chapters', '5'],
    ...['-map', '0', '-map', '1', '-map', '2', '-map', '3', '-map', '4', '-t', `${filmSeconds}`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'flac'],
    ...['-c:s', 'srt', ...languages, path],
  ]);
  return path;
}

const hueDegreesPerSecond = 12;

/** The seconds at which the film has the colour that fills an image. The filter `hue` turns the plane of U and V. */
export async function secondsOfColour(image: Buffer): Promise<number> {
  const argv = [
    '-v',
    'error',
    '-i',
    'pipe:',
    '-vf',
    'scale=1:1:flags=area,format=yuv444p',
    '-f',
    'rawvideo',
    'pipe:',
  ];
  const running = promisify(execFile)('ffmpeg', argv, { encoding: 'buffer' });
  running.child.stdin?.end(image);
  const [, u = 0, v = 0] = (await running).stdout;
  const degrees = (Math.atan2(v - 128, u - 128) * 180) / Math.PI;
  return ((720 + degrees - firstHueDegrees) % 360) / hueDegreesPerSecond;
}

/** Of the colour at 0 s. */
const firstHueDegrees = 109;
