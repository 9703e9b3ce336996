import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { defaultLadderConfig } from '@fyrestream/events';
import fc from 'fast-check';
import { parse as parseHls } from 'hls-parser';
import { parse as parseDash } from 'mpd-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  convertExtractedSubtitles,
  createPresentation,
  type EncodePlan,
  extractSubtitleCommand,
  planEncode,
  probeArguments,
  readSourceFacts,
  renderPlaylists,
  toArguments,
} from '../src/index.ts';
import { buildAudioTrack, buildVideoTrack } from './build-track-manifest.ts';
import { runTool } from './run-tool.ts';

/** Text that ends what it stands in: attributes, lines, elements, cues; and what terminals execute. */
const hostile =
  'A",URI="https://evil.example/x.m3u8"\n#EXT-X-MEDIA:TYPE=AUDIO\r\n</Label><BaseURL>https://evil.example/</BaseURL>' +
  ']]>&evil;\u001b[2J\u0085\u2028\u202e --> 00:00:09.000';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hostile-text-'));
});
afterAll(() => rm(directory, { recursive: true }));

it('a source with hostile text in every field has playlists, manifest and captions without a trace of it', async () => {
  const path = join(directory, 'hostile.mkv');
  const textPath = join(directory, 'text.srt');
  await writeFile(
    textPath,
    `1\n00:00:00,100 --> 00:00:00,900\n<b>${hostile.replaceAll(/\s*\n/g, ' ')}\x07\n`,
  );
  const fields = ['title', 'language', 'handler_name', 'comment'].flatMap((name) =>
    ['', ':s:0', ':s:1', ':s:2'].flatMap((stream) => [`-metadata${stream}`, `${name}=${hostile}`]),
  );
  const inputs = [
    '-f',
    'lavfi',
    '-i',
    'color=s=64x48:r=5:d=1',
    '-f',
    'lavfi',
    '-i',
    'sine=d=1',
    '-i',
    textPath,
  ];
  const codecs = ['-map', '0', '-map', '1', '-map', '2', '-c:v', 'mpeg4', '-c:a', 'aac', '-c:s', 'copy'];
  await runTool('ffmpeg', ['-v', 'error', '-y', ...inputs, ...codecs, ...fields, path]);

  const probed = await runTool('ffprobe', probeArguments(path, null));
  const plan = planEncode(readSourceFacts(JSON.parse(probed.stdout), null), {}, defaultLadderConfig);
  expect(plan.audio).toHaveLength(1);
  expect(plan.subtitles).toHaveLength(1);
  expectHarmless(plan.audio[0], plan.subtitles[0]);

  const partOf = (id: string, part: string) => join(directory, `${id}.${part}`);
  await runTool('ffmpeg', toArguments(extractSubtitleCommand(plan, { sourcePath: path, targetFor: partOf })));
  const [track] = plan.subtitles;
  if (track === undefined) return;
  const { webVtt } = await convertExtractedSubtitles(
    track,
    (part) => readFile(partOf(track.id, part)),
    immediate,
  );
  expect(webVtt.match(/-->/g)).toHaveLength(1);
  expect(webVtt.match(/\n\n/g)).toHaveLength(1);
  expect(webVtt).not.toMatch(/[^\P{Cc}\n]/u);
});

it('any name and language of a track stays inside its attribute and its element', () => {
  // mpd-parser mistakes names of properties that all objects have, such as `valueOf`, for tracks that it knows.
  const anyText = fc.string({ unit: 'binary' }).filter((value) => !(value in {}));
  const text = fc.oneof(anyText, fc.constant(hostile), fc.constant('$Number$'));
  const track = fc.record({ name: fc.option(text), language: fc.option(text) });
  fc.assert(fc.property(track, track, expectHarmless), { numRuns: 100 });
});

type Labelled = Pick<EncodePlan['audio'][number], 'language'> & { readonly name: string | null };

function expectHarmless(audio: Labelled | undefined, subtitles: Labelled | undefined): void {
  const labels = ({ language, name }: Labelled = { language: null, name: null }) => ({ language, name });
  const files = renderPlaylists(
    createPresentation(
      [buildVideoTrack('video'), buildAudioTrack('audio-1', labels(audio))],
      [{ trackId: 'subtitles-1', forced: false, sizeBytes: 9, ...labels(subtitles) }],
    ),
  );
  const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? '';
  const master = textOf('master.m3u8');
  expect(master).not.toMatch(/[^\P{Cc}\n]/u);
  const playlist = parseHls(master);
  if (!('variants' in playlist)) expect.unreachable('it is a master playlist');
  const [variant] = playlist.variants.filter(({ isIFrameOnly }) => !isIFrameOnly);
  expect(variant?.audio.map(({ uri }) => uri)).toEqual(['audio-1/index.m3u8']);
  expect(variant?.subtitles.map(({ uri }) => uri)).toEqual(['subtitles-1/index.m3u8']);

  const manifest = textOf('manifest.mpd');
  expect(manifest).not.toMatch(/[^\P{Cc}\n]/u);
  expect(manifest.match(/<(BaseURL|Label|AdaptationSet)\b/g)).toHaveLength(1 + 2 + 3);
  const { playlists } = parseDash(manifest, { manifestUri: 'https://media.example/manifest.mpd' });
  expect(playlists[0]?.segments[0]?.resolvedUri).toBe('https://media.example/video/segment_00001.m4s');
}
