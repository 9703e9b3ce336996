import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { av1Ladder, defaultLadderPreset, hevcLadder, type LadderPreset } from '@fyrestream/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plannedRenditions, posterCommand, remuxCommand, toArguments } from '../src/index.ts';
import { encodeSource, makeSource } from './encode-source.ts';
import { fastH264, motion, picture, type SourceFixture, tone } from './fixtures/source-fixture.ts';
import { inspectOutput } from './inspect-output.ts';
import { runTool } from './run-tool.ts';

const everyCodec: LadderPreset = {
  ...defaultLadderPreset,
  ladders: [...defaultLadderPreset.ladders, hevcLadder, av1Ladder],
};
const fixture = (fileName: string, make: string[]): SourceFixture => ({
  ...{ name: fileName, fileName, make, expected: { size: null, durationSeconds: 0 } },
});

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-media-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('all codecs of one source', () => {
  it('have closed GOPs of two seconds at the same places, in every rendition', async () => {
    const source = fixture('five-seconds.mp4', [...motion('30000/1001', 5, 'null', '426x240'), ...fastH264]);
    const { plan, pathOf } = await encodeSource(await makeSource(source, directory), directory, everyCodec);
    expect(plannedRenditions(plan).map(({ id }) => id)).toEqual(['h264-240', 'hevc-240', 'av1-240']);
    for (const { id } of plannedRenditions(plan)) {
      const argv = ['-v', 'error', '-show_entries', 'packet=pts_time,flags', '-of', 'csv=p=0', pathOf(id)];
      const packets = (await runTool('ffprobe', argv)).stdout.trim().split('\n');
      const keyTimes = packets.filter((line) => line.includes(',K')).map((line) => Number.parseFloat(line));
      expect(keyTimes, id).toEqual([0, expect.closeTo(2.002, 3), expect.closeTo(4.004, 3)]);
      expect(packets, id).toHaveLength(150);
    }
    const tags = await Promise.all(
      ['h264-240', 'hevc-240', 'av1-240'].map((id) => inspectOutput(pathOf(id))),
    );
    expect(tags.map(({ codec_tag_string }) => codec_tag_string)).toEqual(['avc1', 'hvc1', 'av01']);
  });

  it('keep HDR where the preset says so, and never in H.264', async () => {
    const tags = ['-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc'];
    const hdr = [
      ...picture({ pixelFormat: 'yuv420p10le', matrix: 'bt2020', seconds: 0.5 }),
      ...fastH264,
      ...tags,
    ];
    const path = await makeSource(fixture('hdr.mp4', [...hdr, '-color_range', 'tv']), directory);
    const { plan, pathOf } = await encodeSource(path, directory, { ...everyCodec, hdr: 'keep' });
    const seen = await Promise.all(plannedRenditions(plan).map(({ id }) => inspectOutput(pathOf(id))));
    expect(seen.map((stream) => [stream.codec_name, stream.pix_fmt, stream.color_transfer])).toEqual([
      ['h264', 'yuv420p', 'bt709'],
      ['hevc', 'yuv420p10le', 'smpte2084'],
      ['av1', 'yuv420p10le', 'smpte2084'],
    ]);
  });
});

describe('what follows an encode', () => {
  it('extracts text subtitles as WebVTT', async () => {
    const subtitles = join(directory, 'lines.srt');
    await writeFile(subtitles, '1\n00:00:00,200 --> 00:00:00,700\nGuten Tag, <i>Welt</i>\n');
    const make = [
      ...picture(),
      '-i',
      subtitles,
      ...fastH264,
      '-c:s',
      'ass',
      '-metadata:s:s:0',
      'language=ger',
    ];
    const { plan, pathOf } = await encodeSource(
      await makeSource(fixture('text.mkv', make), directory),
      directory,
    );
    expect(plan.subtitles).toMatchObject([{ id: 'subtitles-1', language: 'de' }]);
    const text = await readFile(pathOf('subtitles-1'), 'utf8');
    expect(text).toContain('WEBVTT');
    expect(text).toMatch(/00:00\.200 --> 00:00\.700\n.*Guten Tag/);
  });

  it('remuxes picture and sound into one progressive file, index first', async () => {
    const make = [...picture(), ...tone(), ...fastH264, '-c:a', 'aac'];
    const { pathOf } = await encodeSource(await makeSource(fixture('both.mp4', make), directory), directory);
    const target = join(directory, 'progressive.mp4');
    const streams = { videoPath: pathOf('h264-240'), audioPath: pathOf('audio-1') };
    await runTool('ffmpeg', toArguments(remuxCommand(streams, target)));
    const file = await readFile(target);
    expect(file.indexOf('moov')).toBeLessThan(file.indexOf('mdat'));
    expect((await inspectOutput(target)).nb_read_frames).toBe('30');
  });

  it('finds a poster that is not black in a clip that fades in, and one where all is black', async () => {
    const size = async (path: string) => (await stat(path).catch(() => ({ size: 0 }))).size;
    for (const [name, source, hasBrightKeyFrame] of [
      ['bright', motion('30', 1), true],
      ['fade', motion('30', 1, 'fade=in:0:25'), false],
      ['black', ['-f', 'lavfi', '-i', 'color=black:s=320x240:d=0.04'], false],
    ] as const) {
      const path = await makeSource(fixture(`${name}.mp4`, [...source, ...fastH264]), directory);
      const poster = join(directory, `${name}.jpg`);
      await runTool('ffmpeg', toArguments(posterCommand(path, poster)));
      expect((await size(poster)) > 0, name).toBe(hasBrightKeyFrame);
      await runTool('ffmpeg', toArguments(posterCommand(path, poster, { anyFrame: true })));
      expect(await size(poster), name).toBeGreaterThan(name === 'black' ? 100 : 4000);
    }
  });
});
