// pnpm bench:encode: measures the CPU time and memory of every encoder preset, of decoding and of audio with this machine's ffmpeg
// and prints the tables of packages/media/src/size/encode-speeds.ts. Takes about ten minutes on one CPU. CPU time does not
// depend on what else the machine does, as long as it has a core to itself.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { defaultLadderConfig } from '@fyrestream/events';
import { type PlannedRendition, type VideoCodec, videoEncoderOptions } from '@fyrestream/media';

interface Usage {
  readonly cpuSeconds: number;
  readonly memoryMebibytes: number;
}

const size = { width: 960, height: 540 };
const frames = 60;
/** The slowest presets take seconds for a frame. */
const framesOfSlowPresets = 12;
const audioSeconds = 600;
const speeds: Readonly<Record<VideoCodec, readonly (string | number)[]>> = {
  h264: ['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow', 'slower'],
  hevc: ['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow', 'slower'],
  av1: [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
};
const slowSpeeds = new Set(['hevc slow', 'hevc slower', 'av1 4', 'av1 3', 'av1 2', 'av1 1', 'av1 0']);
const qualities: Readonly<Record<VideoCodec, number>> = { h264: 22, hevc: 25, av1: 34 };

const directory = await mkdtemp(join(tmpdir(), 'fyrestream-encode-speeds-'));
try {
  const source = join(directory, 'source.y4m');
  await makeSource(source, size);
  for (const codec of ['h264', 'hevc', 'av1'] as const) {
    const seconds: Record<string, number> = {};
    let memory = 0;
    for (const speed of speeds[codec]) {
      const count = slowSpeeds.has(`${codec} ${speed}`) ? framesOfSlowPresets : frames;
      const used = await encode(source, codec, speed, count);
      seconds[speed] = round(used.cpuSeconds / megapixels(size, count));
      memory = Math.max(memory, used.memoryMebibytes);
      console.log(`${codec} ${speed}: ${seconds[speed]} s, ${Math.round(used.memoryMebibytes)} MiB`);
    }
    const usual = join(directory, `${codec}.mp4`);
    await encode(source, codec, codec === 'av1' ? 8 : 'veryfast', frames, usual);
    const decoded = await run(['-i', usual, '-f', 'null', '-']);
    console.log(`${codec}: ${JSON.stringify(seconds)}`);
    console.log(`${codec}: decoding ${round(decoded.cpuSeconds / megapixels(size, frames))} s per megapixel`);
    console.log(
      `${codec}: memory up to ${Math.round(memory / megapixels(size, 1))} MiB per megapixel of a frame`,
    );
  }
  const scaled = await run(['-i', source, '-vf', 'scale=640:360:flags=bicubic', '-f', 'null', '-']);
  console.log(
    `scaling: ${round(scaled.cpuSeconds / megapixels(size, frames))} s per megapixel of the source`,
  );
  const hdr =
    'format=yuv420p10le,zscale=pin=bt2020:tin=smpte2084:min=bt2020nc:rin=limited:t=linear:npl=100,format=gbrpf32le';
  const toneMapped = await run([
    ...[
      '-i',
      source,
      '-vf',
      `${hdr},zscale=p=bt709,tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=limited`,
    ],
    ...['-f', 'null', '-'],
  ]);
  console.log(`tone-mapping: ${round(toneMapped.cpuSeconds / megapixels(size, frames))} s per megapixel`);
  const deinterlaced = await run([
    '-i',
    source,
    '-vf',
    'bwdif=mode=send_frame:parity=tff',
    '-f',
    'null',
    '-',
  ]);
  console.log(`deinterlacing: ${round(deinterlaced.cpuSeconds / megapixels(size, frames))} s per megapixel`);
  const bitrate = String(defaultLadderConfig.audio.bitrateBitsPerSecond);
  const audio = ['-f', 'lavfi', '-i', `anoisesrc=d=${audioSeconds}:r=48000`, '-ac', '2'];
  const encoded = await run([...audio, '-c:a', 'aac', '-b:a', bitrate, '-f', 'null', '-']);
  console.log(`audio: ${round(encoded.cpuSeconds / audioSeconds)} s per second`);
} finally {
  await rm(directory, { recursive: true, force: true });
}

/** Half a zoom into detail with grain, half moving graphics. */
async function makeSource(path: string, { width, height }: typeof size): Promise<void> {
  const half = `${width / 2}x${height}`;
  const filters = `mandelbrot=s=${half}:r=30,noise=alls=8:allf=t,format=yuv420p[left];testsrc2=s=${half}:r=30,format=yuv420p[right];[left][right]hstack`;
  await run(['-filter_complex', filters, '-frames:v', String(frames), path]);
}

async function encode(
  source: string,
  codec: VideoCodec,
  speed: string | number,
  count: number,
  output?: string,
): Promise<Usage> {
  const rendition = { codec, speed, constantRateFactor: qualities[codec], dynamicRange: 'sdr' };
  const options = videoEncoderOptions(
    rendition as PlannedRendition,
    {
      closedCaptions: { action: 'none', why: '' },
    } as never,
  );
  const to = output === undefined ? ['-f', 'null', '-'] : [output];
  return run(['-i', source, '-frames:v', String(count), '-g', '60', ...options, ...to]);
}

/** ffmpeg prints what it used: `bench: utime=1.2s stime=0.1s rtime=0.7s` and `bench: maxrss=123456kB`. */
async function run(options: readonly string[]): Promise<Usage> {
  const { stderr } = await promisify(execFile)('ffmpeg', ['-benchmark', '-nostdin', '-y', ...options], {
    maxBuffer: 64 * 1024 ** 2,
  });
  const number = (name: string) => Number(new RegExp(`${name}=([0-9.]+)`).exec(stderr)?.[1] ?? Number.NaN);
  return { cpuSeconds: number('utime') + number('stime'), memoryMebibytes: number('maxrss') / 1024 };
}

function megapixels({ width, height }: typeof size, count: number): number {
  return (width * height * count) / 1e6;
}

function round(seconds: number): number {
  return Number(seconds.toPrecision(2));
}
