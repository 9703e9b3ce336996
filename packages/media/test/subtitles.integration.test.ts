import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { defaultLadderConfig } from '@fyrestream/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  convertExtractedSubtitles,
  extractSubtitleCommand,
  planEncode,
  probeArguments,
  readSourceFacts,
  toArguments,
} from '../src/index.ts';
import { runTool } from './run-tool.ts';

/**
 * Text subtitles in the containers and codecs that can contain them, with the installed ffmpeg. Does not test how
 * players show the WebVTT.
 */
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'subtitles-'));
});
afterAll(() => rm(directory, { recursive: true }));

const video = ['-f', 'lavfi', '-i', 'color=s=64x64:r=5:d=5', '-c:v', 'mpeg4'];

/** A file with one video and one subtitle stream made from a text file. */
async function make(
  name: string,
  subtitles: string | Uint8Array,
  { textName = 'text.srt', codec = 'copy', inputOptions = [] as string[] } = {},
): Promise<string> {
  const path = join(directory, name);
  const textPath = join(directory, `${name}.${textName}`);
  await writeFile(textPath, subtitles);
  const text = [...inputOptions, '-i', textPath, '-map', '0', '-map', '1', '-c:s', codec];
  await runTool('ffmpeg', ['-v', 'error', '-y', ...video.slice(0, 4), ...text, ...video.slice(4), path]);
  return path;
}

async function convert(sourcePath: string) {
  const probed = await runTool('ffprobe', probeArguments(sourcePath, null));
  const plan = planEncode(readSourceFacts(JSON.parse(probed.stdout), null), {}, defaultLadderConfig);
  const partOf = (id: string, part: string) => join(directory, `${id}.${part}`);
  await runTool('ffmpeg', toArguments(extractSubtitleCommand(plan, { sourcePath, targetFor: partOf })));
  const [track] = plan.subtitles;
  if (track === undefined) throw new TypeError('no subtitles are planned');
  return convertExtractedSubtitles(track, (part) => readFile(partOf(track.id, part)), immediate);
}

/** The texts of all cues. */
function textsOf(webVtt: string): string[] {
  return webVtt
    .split('\n\n')
    .slice(1)
    .map((block) => block.trim().split('\n').slice(1).join('\n'));
}

const srt = (...texts: string[]) =>
  texts
    .map((text, index) => `${index + 1}\n00:00:0${index},200 --> 00:00:0${index},900\n${text}\n`)
    .join('\n');

const plain = srt('I <3 you', 'Tom & Jerry --> <i>slanted</i>');
const escaped = ['I &lt;3 you', 'Tom &amp; Jerry --&gt; <i>slanted</i>'];

describe('text with <, > or & is escaped', () => {
  it.each([
    ['mov_text in MP4', 'a.mp4', { codec: 'mov_text' }],
    ['mov_text in QuickTime', 'a.mov', { codec: 'mov_text' }],
    ['SubRip in Matroska', 'a.mkv', {}],
    ['ASS in Matroska', 'b.mkv', { codec: 'ass' }],
  ])('%s', async (_, name, options) => {
    expect(textsOf((await convert(await make(name, plain, options))).webVtt)).toEqual(escaped);
  });

  it.each(['c.mkv', 'c.webm'])('WebVTT in %s is not changed', async (name) => {
    const cue = '<v Bob>I &lt;3 <c.red>you</c> &amp; me';
    const file = `WEBVTT\n\n00:00.200 --> 00:00.900\n${cue}\n`;
    const webm = name.endsWith('webm') ? ['-c:v', 'libvpx'] : [];
    const path = join(directory, name);
    await writeFile(join(directory, 'c.vtt'), file);
    await runTool('ffmpeg', [
      ...[
        '-v',
        'error',
        '-y',
        ...video.slice(0, 4),
        '-i',
        join(directory, 'c.vtt'),
        '-map',
        '0',
        '-map',
        '1',
      ],
      ...['-c:s', 'copy', ...webm, path],
    ]);
    expect(textsOf((await convert(path)).webVtt)).toEqual([cue]);
  });
});

describe('cues that are not UTF-8', () => {
  /** ffmpeg's demuxer passes on the bytes; `-c copy` keeps them. */
  it.each([
    ['Windows-1252', 'windows-1252', "D\xe9j\xe0 vu \xe0 l'\xe9t\xe9", "Déjà vu à l'été"],
    [
      'Windows-1251',
      'windows-1251',
      '\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0?',
      'Привет, как дела?',
    ],
  ])('SubRip in Matroska is decoded as %s', async (name, label, bytes, text) => {
    const file = Buffer.from(srt('Plain line', bytes), 'latin1');
    const { webVtt, report } = await convert(await make(`${name}.mkv`, file));
    expect(textsOf(webVtt)).toEqual(['Plain line', text]);
    expect(report).toEqual({ cueCount: 2, lostCueCount: 0, drawingCount: 0, legacyEncoding: label });
  });

  it('ASS in Matroska, mov_text in MP4', async () => {
    for (const [name, codec] of [
      ['legacy.mkv', 'ass'],
      ['legacy.mp4', 'mov_text'],
    ] as const) {
      // Written as UTF-8, then replaced by the same number of bytes.
      const path = await make(name, srt('Plain', 'cafQQ et thQQ'), { codec });
      const file = await readFile(path);
      for (let at = file.indexOf('QQ'); at !== -1; at = file.indexOf('QQ', at))
        file.write('\xe9 ', at, 'latin1');
      await writeFile(path, file);
      expect(textsOf((await convert(path)).webVtt), name).toEqual(['Plain', 'café  et thé']);
    }
  });
});

it('ASS drawings are dropped, \\h is a space, \\N a line break', async () => {
  const script = `[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, Bold, Italic, Underline
Style: Default,Arial,20,0,0,0

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:00.50,0:00:04.00,Default,,0,0,0,,{\\pos(100,100)\\p1}m 0 0 l 100 0 100 100 0 100{\\p0}
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,Line one\\NLine two\\hend
`;
  const { webVtt, report } = await convert(await make('drawing.mkv', script, { textName: 'text.ass' }));
  expect(textsOf(webVtt)).toEqual(['Line one\nLine two end']);
  expect(report).toMatchObject({ cueCount: 1, drawingCount: 1 });
});
