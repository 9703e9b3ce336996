import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseHls } from 'hls-parser';
import { parse as parseMpd } from 'mpd-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TrackManifest, trackDurationSeconds } from '../src/index.ts';
import { checkHlsAuthoring } from './check-hls-authoring.ts';
import { type EncodedPresentation, encodePresentation } from './encode-presentation.ts';
import { packageWithShaka, type ShakaPresentation } from './package-with-shaka.ts';
import { runTool } from './run-tool.ts';

/** Parsed output of ffprobe for a file or playlist. */
async function probe(path: string, ...options: string[]) {
  const { stdout } = await runTool('ffprobe', ['-v', 'error', ...options, '-of', 'json', path]);
  return JSON.parse(stdout);
}

describe.each([
  ['30', { numerator: 30, denominator: 1 }, 60, 14.3],
  ['29.97', { numerator: 30_000, denominator: 1001 }, 60, 19.2],
] as const)(
  'two renditions and two languages at %s frames per second',
  (_name, frameRate, gopFrames, seconds) => {
    let directory: string;
    let encoded: EncodedPresentation;
    let shaka: ShakaPresentation;
    const fps = frameRate.numerator / frameRate.denominator;
    // testsrc2 outputs every frame that starts before the end.
    const expectedFrames = Math.ceil(seconds * fps - 0.001);

    beforeAll(async () => {
      directory = mkdtempSync(join(tmpdir(), 'fyrestream-cmaf-'));
      encoded = await encodePresentation(directory, { frameRate, durationSeconds: seconds, gopFrames });
      shaka = packageWithShaka(join(directory, 'shaka'), encoded, {
        segmentSeconds: (3 * gopFrames) / fps,
        fragmentSeconds: gopFrames / fps,
      });
    });
    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    const text = (path: string) => readFileSync(join(directory, path), 'utf8');
    const tracks = (): readonly TrackManifest[] => [
      ...encoded.presentation.video,
      ...encoded.presentation.audio,
    ];
    const starts = (track: TrackManifest) => track.segments.map((one) => one.startTicks / track.timescale);

    it('cuts all renditions at the same frames, into closed GOPs of the same length', () => {
      const [first, second] = encoded.presentation.video;
      expect(second?.segments.map(({ startTicks }) => startTicks)).toEqual(
        first?.segments.map(({ startTicks }) => startTicks),
      );
      for (const track of encoded.presentation.video) {
        const gops = track.segments.flatMap((segment) => segment.gops);
        expect(gops.every((gop) => gop.closed)).toBe(true);
        expect(gops.slice(0, -1).every((gop) => gop.frameCount === gopFrames)).toBe(true);
        expect(track.frameCount).toBe(expectedFrames);
        expect(trackDurationSeconds(track)).toBeCloseTo(expectedFrames / fps, 6);
      }
    });

    it('starts video and audio at zero and cuts audio within one AAC frame of the video', () => {
      const [video] = encoded.presentation.video;
      for (const track of encoded.presentation.audio) {
        expect(track.segments[0]?.startTicks).toBe(0);
        for (const [index, start] of starts(track).entries()) {
          const late = start - (video ? (starts(video)[index] ?? Number.NaN) : Number.NaN);
          expect(late).toBeGreaterThanOrEqual(0);
          expect(late).toBeLessThan(1024 / 48_000);
        }
      }
    });

    it('has contiguous decode times in ffprobe', async () => {
      for (const track of tracks()) {
        const init = readFileSync(join(directory, track.trackId, track.init.fileName));
        const files = track.segments.map((one) => readFileSync(join(directory, track.trackId, one.fileName)));
        const path = join(directory, `${track.trackId}.joined.mp4`);
        writeFileSync(path, Buffer.concat([init, ...files]));
        const { packets } = await probe(path, '-show_entries', 'packet=dts');
        const frameTicks = track.kind === 'audio' ? 1024 : track.timescale / fps;
        const firstTicks = -track.mediaTimeOffsetTicks;
        expect(packets.map((packet: { dts: number }) => packet.dts)).toEqual(
          Array.from({ length: track.frameCount }, (_, index) => firstTicks + index * frameTicks),
        );
      }
    });

    it('keeps every frame bit-exact in init and segments', async () => {
      const digest = async (path: string) =>
        (await runTool('ffmpeg', ['-v', 'error', '-i', path, '-map', '0', '-f', 'framemd5', '-'])).stdout;
      for (const track of tracks()) {
        const streamPath = encoded.streamPaths.get(track.trackId) ?? '';
        expect(await digest(join(directory, track.trackId, 'index.m3u8'))).toBe(await digest(streamPath));
      }
    });

    it('has every stream and every frame when ffprobe reads the master playlist', async () => {
      const { streams } = await probe(
        join(directory, 'master.m3u8'),
        ...['-count_packets', '-show_entries', 'stream=codec_type,width,start_time,nb_read_packets'],
      );
      const read = (type: string) => streams.filter((one: { codec_type: string }) => one.codec_type === type);
      for (const stream of read('video')) {
        expect(Number(stream.nb_read_packets)).toBe(expectedFrames);
        expect(Number(stream.start_time)).toBe(0);
      }
      expect(read('audio')).toHaveLength(2);
      for (const stream of read('audio')) expect(Number(stream.start_time)).toBe(0);
    });

    it('has one whole key frame in each range of the I-frame playlist', async () => {
      for (const track of encoded.presentation.video) {
        const init = readFileSync(join(directory, track.trackId, 'init.mp4'));
        for (const segment of track.segments) {
          const bytes = readFileSync(join(directory, track.trackId, segment.fileName));
          for (const gop of segment.gops) {
            const range = bytes.subarray(gop.offsetBytes, gop.offsetBytes + gop.keyFrameLengthBytes);
            const path = join(directory, 'key-frame.mp4');
            writeFileSync(path, Buffer.concat([init, range]));
            const { frames } = await probe(path, '-show_entries', 'frame=pict_type,pts');
            expect(frames).toMatchObject([{ pict_type: 'I', pts: gop.startTicks }]);
          }
        }
      }
    });

    it('remuxes into one faststart MP4 with all frames', async () => {
      const [video] = encoded.presentation.video;
      const [audio] = encoded.presentation.audio;
      const path = join(directory, 'progressive.mp4');
      const inputs = [video, audio].flatMap((track) => [
        '-i',
        join(directory, track?.trackId ?? '', 'index.m3u8'),
      ]);
      const options = ['-map', '0:v', '-map', '1:a', '-c', 'copy', '-movflags', '+faststart', '-y', path];
      await runTool('ffmpeg', ['-v', 'error', ...inputs, ...options]);
      const { streams } = await probe(path, '-show_entries', 'stream=nb_frames,start_time');
      expect(streams.map((stream: { nb_frames: string }) => Number(stream.nb_frames))).toEqual([
        video?.frameCount,
        audio?.frameCount,
      ]);
      expect(streams.map((stream: { start_time: string }) => Number(stream.start_time))).toEqual([0, 0]);
    });

    it('follows the HLS authoring rules', () => {
      const playlists = new Map(
        encoded.playlists
          .filter(({ path }) => path.includes('/'))
          .map((playlist) => [playlist.path, playlist.text] as const),
      );
      const problems = checkHlsAuthoring({
        master: text('master.m3u8'),
        playlists,
        sizesBytes: encoded.sizesBytes,
      });
      expect(problems).toEqual([]);
    });

    it('can be parsed by an independent HLS parser', () => {
      const master = parseHls(text('master.m3u8'));
      if (!('variants' in master)) throw new Error('not a master playlist');
      expect(master.variants.filter((variant) => variant.isIFrameOnly)).toHaveLength(2);
      const variants = master.variants.filter((variant) => !variant.isIFrameOnly);
      expect(variants.map(({ resolution, frameRate }) => [resolution?.height, frameRate])).toEqual([
        [360, Number(fps.toFixed(3))],
        [180, Number(fps.toFixed(3))],
      ]);
      expect(variants[0]?.audio.map((one) => [one.name, one.language, one.channels, one.isDefault])).toEqual([
        ['English', 'en', '2', true],
        ['Deutsch', 'de', '1', false],
      ]);
      for (const track of tracks()) {
        const playlist = parseHls(text(`${track.trackId}/index.m3u8`));
        if (!('segments' in playlist)) throw new Error('not a media playlist');
        expect(playlist.endlist).toBe(true);
        let cumulative = 0;
        for (const [index, segment] of playlist.segments.entries()) {
          expect(Math.abs(cumulative - (starts(track)[index] ?? Number.NaN))).toBeLessThan(1e-6);
          cumulative += segment.duration;
        }
        expect(cumulative).toBeCloseTo(trackDurationSeconds(track), 5);
      }
    });

    it('can be parsed by an independent DASH parser', () => {
      const manifest = parseMpd(text('manifest.mpd'), { manifestUri: 'https://media.example/manifest.mpd' });
      expect(manifest.playlists).toHaveLength(2);
      expect(Object.keys(manifest.mediaGroups.AUDIO.audio ?? {})).toHaveLength(2);
      const [video] = encoded.presentation.video;
      for (const playlist of manifest.playlists) {
        expect(playlist.attributes['FRAME-RATE']).toBeCloseTo(fps, 3);
        expect(playlist.segments.map((segment) => segment.presentationTime)).toEqual(
          (video ? starts(video) : []).map((start) => expect.closeTo(start, 6)),
        );
        for (const { resolvedUri, map } of playlist.segments) {
          for (const uri of [resolvedUri, map.resolvedUri]) {
            expect(encoded.sizesBytes.has(uri.replace('https://media.example/', ''))).toBe(true);
          }
        }
      }
    });

    describe('compared with shaka-packager for the same streams', () => {
      it('has the same segment boundaries', () => {
        for (const track of tracks()) {
          const theirs = shaka.segmentDurations(track.trackId);
          expect(theirs).toHaveLength(track.segments.length);
          let start = 0;
          for (const [index, duration] of theirs.entries()) {
            // Shaka writes its own rounding to milliseconds into its playlists.
            expect(Math.abs(start - (starts(track)[index] ?? Number.NaN))).toBeLessThan(0.001);
            start += duration;
          }
        }
      });

      it('has the same key frames in its I-frame ranges', () => {
        for (const track of encoded.presentation.video) {
          const ours = track.segments.flatMap(({ fileName, gops }) => {
            const bytes = readFileSync(join(directory, track.trackId, fileName));
            return gops.map((gop) =>
              bytes.subarray(gop.offsetBytes, gop.offsetBytes + gop.keyFrameLengthBytes),
            );
          });
          const theirs = shaka.iframeRanges(track.trackId);
          expect(theirs).toHaveLength(ours.length);
          for (const [index, range] of theirs.entries()) {
            // Their moof boxes differ, the key frame at the end of the range does not.
            const keyFrame = keyFrameOf(ours[index] ?? new Uint8Array());
            expect(Buffer.compare(range.subarray(range.length - keyFrame.length), keyFrame)).toBe(0);
          }
        }
      });

      it('has the same codecs', () => {
        for (const track of tracks()) expect(shaka.codecs(track.trackId)).toBe(track.codec);
      });

      it('has the same bandwidth within 1%', () => {
        const master = parseHls(text('master.m3u8'));
        if (!('variants' in master)) throw new Error('not a master playlist');
        for (const variant of master.variants.filter((one) => !one.isIFrameOnly)) {
          const theirs = shaka.bandwidth(variant.uri.split('/')[0] ?? '');
          expect(Math.abs(variant.bandwidth / theirs.peak - 1)).toBeLessThan(0.01);
          expect(Math.abs((variant.averageBandwidth ?? 0) / theirs.average - 1)).toBeLessThan(0.01);
        }
      });

      it('has the same offset between audio and video within a millisecond', async () => {
        const offset = async (master: string) => {
          const { streams } = await probe(master, '-show_entries', 'stream=codec_type,start_time');
          const start = (type: string) =>
            Number(streams.find((one: { codec_type: string }) => one.codec_type === type)?.start_time);
          return start('audio') - start('video');
        };
        const ours = await offset(join(directory, 'master.m3u8'));
        expect(Math.abs(ours - (await offset(shaka.masterPath)))).toBeLessThan(0.001);
      });
    });
  },
);

/** A range is moof, the header of mdat, the key frame. */
function keyFrameOf(range: Uint8Array): Uint8Array {
  const moofBytes = new DataView(range.buffer, range.byteOffset).getUint32(0);
  return range.subarray(moofBytes + 8);
}
