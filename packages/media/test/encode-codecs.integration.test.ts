import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { av1Ladder, defaultLadderConfig, hevcLadder, type LadderConfig } from '@fyrestream/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPresentation,
  plannedRenditions,
  renderPlaylists,
  type VideoTrackManifest,
} from '../src/index.ts';
import { checkHlsAuthoring } from './check-hls-authoring.ts';
import { encodeSource } from './encode-source.ts';
import { colourTags, fastH264, film, motion, videoSource } from './fixtures/film.ts';
import { makeSource } from './fixtures/make-source.ts';
import { inspectOutput } from './inspect-output.ts';
import { packageRenditions } from './package-renditions.ts';
import { runTool } from './run-tool.ts';

/** Real encoders from source to playlists. Playback of HEVC and AV1 is not tested: Debian's Chromium has no HEVC. */
const everyCodec: LadderConfig = {
  ...defaultLadderConfig,
  ladders: [
    ...defaultLadderConfig.ladders,
    { ...hevcLadder, codec: 'hevc', speed: 'ultrafast' },
    { ...av1Ladder, codec: 'av1', speed: 12 },
  ],
};

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-codecs-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('HEVC and AV1 in addition to H.264', () => {
  it('are cut at the same frames and come after H.264 in one master playlist', async () => {
    const source = await makeSource(
      { fileName: 'nine-seconds.mp4', make: [...motion('30000/1001', 9, { size: '256x144' }), ...fastH264] },
      directory,
    );
    const { plan, pathOf } = await encodeSource(source.path, source.directory, everyCodec);
    const { tracks, sizesBytes } = await packageRenditions(plan, pathOf);
    expect(tracks.map(({ trackId, codec }) => [trackId, codec.replace(/\..*/, '')])).toEqual([
      ['h264-144', 'avc1'],
      ['hevc-144', 'hvc1'],
      ['av1-144', 'av01'],
    ]);
    for (const { timescale, segments, trackId } of tracks) {
      const starts = segments.map(({ startTicks }) => startTicks / timescale);
      expect(starts, trackId).toEqual([0, expect.closeTo(6.006, 6)]);
      expect(segments.map(({ gops }) => gops.map(({ closed }) => closed))).toEqual([
        [true, true, true],
        [true, true],
      ]);
      expect(segments.map(({ frameCount }) => frameCount)).toEqual([180, 90]);
    }
    const { master, problems } = playlistsOf(tracks, sizesBytes);
    expect(variantsOf(master)).toEqual([
      expect.stringMatching(/^avc1\..* SDR h264-144$/),
      expect.stringMatching(/^hvc1\.1\..* SDR hevc-144$/),
      expect.stringMatching(/^av01\.0\.\d\dM\.08\..* SDR av1-144$/),
    ]);
    expect(problems).toEqual([]);
  });
});

describe('HDR10', () => {
  const mastering = 'G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50)';
  const graded = ['-x265-params', `log-level=error:hdr10=1:master-display=${mastering}:max-cll=1000,400`];
  const make = film(
    videoSource({ pixelFormat: 'yuv420p10le', matrix: 'bt2020', size: '256x144' }),
    colourTags('bt2020', 'smpte2084', 'bt2020nc'),
    ['-c:v', 'libx265', '-preset', 'ultrafast', ...graded, '-tag:v', 'hvc1', '-c:a', 'aac'],
  );

  it('is kept in HEVC and AV1 with its mastering metadata if the preset keeps HDR, never in H.264', async () => {
    const source = await makeSource({ fileName: 'hdr10.mp4', make }, directory);
    const preset: LadderConfig = { ...everyCodec, hdr: 'keep' };
    const { plan, pathOf } = await encodeSource(source.path, source.directory, preset);
    const seen = await Promise.all(
      plannedRenditions(plan).map(async ({ id }) => ({
        ...(await inspectOutput(pathOf(id))).stream,
        mastering: await masteringOf(pathOf(id)),
      })),
    );
    const kept = {
      ...{ pix_fmt: 'yuv420p10le', color_range: 'tv', color_primaries: 'bt2020', color_space: 'bt2020nc' },
      ...{
        color_transfer: 'smpte2084',
        mastering: { red: 0.68, maximumNits: 1000, maximumContentNits: 1000 },
      },
    };
    expect(seen).toMatchObject([
      { codec_name: 'h264', pix_fmt: 'yuv420p', color_transfer: 'bt709', mastering: null },
      { codec_name: 'hevc', codec_tag_string: 'hvc1', profile: 'Main 10', ...kept },
      { codec_name: 'av1', codec_tag_string: 'av01', ...kept },
    ]);
    const { tracks, sizesBytes } = await packageRenditions(plan, pathOf);
    const { master, problems } = playlistsOf(tracks, sizesBytes);
    expect(variantsOf(master)).toEqual([
      expect.stringMatching(/^avc1\..* SDR h264-144$/),
      expect.stringMatching(/^hvc1\.2\..* PQ hevc-144$/),
      expect.stringMatching(/^av01\.0\.\d\dM\.10\..*\.09\.16\.09\.0 PQ av1-144$/),
    ]);
    expect(problems).toEqual([]);
  });

  it('is tone-mapped in every codec by default', async () => {
    const source = await makeSource({ fileName: 'hdr10.mp4', make }, directory);
    const { plan, pathOf } = await encodeSource(source.path, source.directory, everyCodec);
    for (const { id } of plannedRenditions(plan)) {
      const { stream } = await inspectOutput(pathOf(id));
      const bt709 = { color_primaries: 'bt709', color_transfer: 'bt709', color_space: 'bt709' };
      expect(stream, id).toMatchObject({ pix_fmt: 'yuv420p', color_range: 'tv', ...bt709 });
      expect(await masteringOf(pathOf(id)), id).toBeNull();
    }
  });
});

function playlistsOf(tracks: VideoTrackManifest[], sizesBytes: Map<string, number>) {
  const files = renderPlaylists(createPresentation(tracks));
  const master = files.find(({ path }) => path === 'master.m3u8')?.text ?? '';
  const media = files.filter(({ path }) => path.includes('/'));
  const playlists = new Map(media.map(({ path, text }) => [path, text]));
  return { master, problems: checkHlsAuthoring({ master, playlists, sizesBytes }) };
}

/** Codec, range and track of every variant, in the order of the master playlist. */
function variantsOf(master: string): string[] {
  return [...master.matchAll(/^#EXT-X-STREAM-INF:(.*)\n(.*)\//gm)].map(([, attributes = '', trackId]) => {
    const codec = /CODECS="([^",]*)/.exec(attributes)?.[1];
    return `${codec} ${/VIDEO-RANGE=(\w+)/.exec(attributes)?.[1]} ${trackId}`;
  });
}

/** The mastering metadata of the first frame. */
async function masteringOf(path: string) {
  const frame = [
    '-show_frames',
    '-read_intervals',
    '%+#5',
    '-show_entries',
    'frame_side_data',
    '-of',
    'json',
  ];
  const { stdout } = await runTool('ffprobe', ['-v', 'error', ...frame, path]);
  const [first] = JSON.parse(stdout).frames as { side_data_list?: Record<string, string | number>[] }[];
  const named = (name: string) => first?.side_data_list?.find((entry) => entry.side_data_type === name);
  const display = named('Mastering display metadata');
  const light = named('Content light level metadata');
  if (!display && !light) return null;
  const value = (fraction: string | number | undefined) => {
    const [numerator = Number.NaN, denominator = 1] = `${fraction}`.split('/').map(Number);
    return Math.round((100 * numerator) / denominator) / 100;
  };
  return {
    red: value(display?.red_x),
    maximumNits: value(display?.max_luminance),
    maximumContentNits: value(light?.max_content),
  };
}
