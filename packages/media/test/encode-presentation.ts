import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  createPresentation,
  createTrackPackager,
  type PlaylistFile,
  type Presentation,
  type Rational,
  renderPlaylists,
  type TrackPackager,
} from '../src/index.ts';

export interface EncodedPresentation {
  readonly presentation: Presentation;
  readonly playlists: readonly PlaylistFile[];
  /** Every media file, by its path relative to the master playlist. */
  readonly sizesBytes: ReadonlyMap<string, number>;
  /** The encoder's streams, one file per track, by track id. */
  readonly streamPaths: ReadonlyMap<string, string>;
}

const encoder = 'ffmpeg';
const renditions = [
  { trackId: 'video-360p', size: '640:360', bitrate: '900k' },
  { trackId: 'video-180p', size: '320:180', bitrate: '250k' },
];
const languages = [
  { trackId: 'audio-en', language: 'en', name: 'English', channels: 'stereo' },
  { trackId: 'audio-de', language: 'de', name: 'Deutsch', channels: 'mono' },
];

/**
 * Encodes a test video that flashes and audio that beeps once per second, with B-frames, in two sizes and two
 * languages, and packages the streams from ffmpeg's pipes.
 */
export async function encodePresentation(
  directory: string,
  {
    frameRate,
    durationSeconds,
    gopFrames,
  }: { frameRate: Rational; durationSeconds: number; gopFrames: number },
): Promise<EncodedPresentation> {
  const rate = `${frameRate.numerator}/${frameRate.denominator}`;
  const segmentDurationSeconds = {
    numerator: 3 * gopFrames * frameRate.denominator,
    denominator: frameRate.numerator,
  };
  const tracks = [
    ...renditions.map(({ trackId }) =>
      createTrackPackager({ trackId, kind: 'video', segmentDurationSeconds }),
    ),
    ...languages.map(({ trackId, language, name }) =>
      createTrackPackager({ trackId, kind: 'audio', segmentDurationSeconds, language, name }),
    ),
  ];
  const trackIds = [...renditions, ...languages].map((track) => track.trackId);
  const inputs = [
    `testsrc2=size=640x360:rate=${rate}:duration=${durationSeconds},drawbox=color=white:t=fill:enable='lt(mod(t,1),0.1)'`,
    `aevalsrc=exprs='lt(mod(t,1),0.1)*sin(2*PI*1000*t)|lt(mod(t,1),0.1)*sin(2*PI*1000*t)':sample_rate=44100:duration=${durationSeconds}`,
    `aevalsrc=exprs='lt(mod(t,1),0.1)*sin(2*PI*500*t)':sample_rate=48000:duration=${durationSeconds}`,
  ].flatMap((source) => ['-f', 'lavfi', '-i', source]);
  const split = renditions.map((_, index) => `[s${index}]`).join('');
  const scales = renditions.map(({ size }, index) => `[s${index}]scale=${size},setsar=1[v${index}]`);
  const graph = `[0:v:0]fps=${rate}:start_time=0,format=yuv420p,split=${renditions.length}${split};${scales.join(';')}`;
  const outputs = [
    ...renditions.flatMap(({ bitrate }, index) => [
      ...['-map', `[v${index}]`, '-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-b_strategy', '0'],
      ...['-crf', '28', '-maxrate', bitrate, '-bufsize', bitrate, '-profile:v', 'high'],
      ...['-g', `${gopFrames}`, '-keyint_min', `${gopFrames}`, '-sc_threshold', '0', '-flags', '+cgop'],
      ...['-f', 'mp4', '-movflags', '+frag_keyframe+delay_moov+default_base_moof+skip_trailer'],
      `pipe:${3 + index}`,
    ]),
    ...languages.flatMap(({ channels }, index) => [
      ...['-map', `${1 + index}:a:0`, '-c:a', 'aac', '-b:a', '96k'],
      '-af',
      `aresample=48000:async=1:first_pts=0,aformat=channel_layouts=${channels},atrim=start_sample=1024`,
      ...['-f', 'mp4', '-movflags', '+cmaf+skip_trailer', '-frag_duration', '1000000'],
      `pipe:${3 + renditions.length + index}`,
    ]),
  ];
  const ffmpeg = spawn(
    encoder,
    ['-nostdin', '-v', 'error', ...inputs, '-filter_complex', graph, ...outputs],
    {
      stdio: ['ignore', 'inherit', 'inherit', ...tracks.map(() => 'pipe' as const)],
    },
  );
  const closed = once(ffmpeg, 'close');
  const sizesBytes = new Map<string, number>();
  const streamPaths = new Map<string, string>();
  await Promise.all(
    tracks.map(async (packager, index) => {
      const trackId = trackIds[index] ?? '';
      const chunks: Uint8Array[] = [];
      const stream = ffmpeg.stdio[3 + index] as AsyncIterable<Uint8Array>;
      for await (const chunk of stream) {
        chunks.push(chunk);
        await store(packager.push(chunk), trackId);
      }
      await store(packager.end(), trackId);
      const streamPath = join(directory, `${trackId}.stream.mp4`);
      await writeFile(streamPath, Buffer.concat(chunks));
      streamPaths.set(trackId, streamPath);
    }),
  );
  const [exitCode] = await closed;
  if (exitCode !== 0) throw new Error(`ffmpeg exited with ${exitCode}`);

  const presentation = createPresentation(tracks.map((track) => track.manifest()));
  const playlists = renderPlaylists(presentation);
  for (const { path, text } of playlists) await writeFile(join(directory, path), text);
  return { presentation, playlists, sizesBytes, streamPaths };

  async function store(files: ReturnType<TrackPackager['push']>, trackId: string): Promise<void> {
    for (const { fileName, bytes } of files) {
      const path = `${trackId}/${fileName}`;
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), bytes);
      sizesBytes.set(path, bytes.length);
    }
  }
}
