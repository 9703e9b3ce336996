import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPresentation, createTrackPackager, type VideoTrackManifest } from '../src/index.ts';
import { colourTags } from './fixtures/film.ts';
import { packageWithShaka } from './package-with-shaka.ts';
import { runTool } from './run-tool.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'fyrestream-codecs-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const hevc = ['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-x265-params'];
const closedGops = 'keyint=30:min-keyint=30:scenecut=0:open-gop=0:log-level=error';
const av1 = ['-c:v', 'libsvtav1', '-preset', '12', '-g', '30'];
const hdr10 = colourTags('bt2020', 'smpte2084', 'bt2020nc');
const hlg = colourTags('bt2020', 'arib-std-b67', 'bt2020nc');

it.each([
  [
    'H.264 Main',
    /^avc1\.4d40/,
    'SDR',
    ['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-profile:v', 'main', '-g', '30'],
  ],
  ['HEVC', /^hvc1\.1\.6\.L\d+\.90$/, 'SDR', ['-pix_fmt', 'yuv420p', ...hevc, closedGops]],
  ['HEVC HDR10', /^hvc1\.2\.4\.L\d+\.90$/, 'PQ', ['-pix_fmt', 'yuv420p10le', ...hdr10, ...hevc, closedGops]],
  ['HEVC HLG', /^hvc1\.2\.4\.L\d+\.90$/, 'HLG', ['-pix_fmt', 'yuv420p10le', ...hlg, ...hevc, closedGops]],
  ['AV1', /^av01\.0\.\d\dM\.08$/, 'SDR', ['-pix_fmt', 'yuv420p', ...av1]],
  [
    'AV1 HDR10',
    /^av01\.0\.\d\dM\.10\.0\.110\.09\.16\.09\.0$/,
    'PQ',
    ['-pix_fmt', 'yuv420p10le', ...hdr10, ...av1],
  ],
] as const)(
  '%s has the codec string and video range of shaka-packager',
  async (name, codec, range, options) => {
    const trackId = name.replaceAll(/[ .]/g, '-');
    const streamPath = join(directory, `${trackId}.mp4`);
    await runTool('ffmpeg', [
      ...['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=30:duration=3'],
      ...options,
      ...['-f', 'mp4', '-movflags', '+frag_keyframe+delay_moov+default_base_moof+skip_trailer', streamPath],
    ]);
    const packager = createTrackPackager({
      trackId,
      kind: 'video',
      segmentDurationSeconds: { numerator: 1, denominator: 1 },
    });
    packager.push(readFileSync(streamPath));
    packager.end();
    const manifest = packager.manifest() as VideoTrackManifest;
    expect(manifest).toMatchObject({ videoRange: range, width: 320, height: 180, frameCount: 90 });
    expect(manifest.segments.map(({ startTicks }) => startTicks / manifest.timescale)).toEqual([0, 1, 2]);
    expect(manifest.segments.every(({ gops }) => gops[0]?.closed)).toBe(true);

    const encoded = {
      presentation: createPresentation([manifest]),
      playlists: [],
      sizesBytes: new Map(),
      streamPaths: new Map([[trackId, streamPath]]),
    };
    const shaka = packageWithShaka(join(directory, 'shaka', trackId), encoded, {
      segmentSeconds: 1,
      fragmentSeconds: 1,
    });
    expect(manifest.codec).toMatch(codec);
    expect(shaka.codecs(trackId)).toBe(manifest.codec);
    expect(shaka.segmentDurations(trackId)).toEqual([1, 1, 1]);
  },
);
