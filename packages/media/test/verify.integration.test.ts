import { copyFile, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkTracks, createPresentation, requireDecodable } from '../src/index.ts';
import {
  encodeWithReference,
  packageStream,
  type ReferencedEncode,
  verifyEncode,
} from './encode-with-reference.ts';
import { runTool } from './run-tool.ts';

/** Real encodes, correct and damaged, with the checks before publication. Does not test that a worker runs them. */
let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-verify-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const fast = ['-c:v', 'libx264', '-preset', 'ultrafast'];
const picture = (graph: string) => ['-f', 'lavfi', '-i', graph];
const test = (seconds: number, rate = '30') => picture(`testsrc2=s=320x240:r=${rate}:d=${seconds}`);
const beeps = (seconds: number) =>
  picture(`aevalsrc=exprs='lt(mod(t,0.9),0.1)*sin(2*PI*1000*t)':s=48000:d=${seconds}`);

async function make(name: string, argv: string[]): Promise<string> {
  const path = join(directory, name);
  await runTool('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...argv, path]);
  return path;
}

async function encode(
  path: string,
  name: string,
  changePlan?: Parameters<typeof encodeWithReference>[2],
): Promise<ReferencedEncode & { directory: string }> {
  const own = join(directory, `${name}-out`);
  await mkdir(own, { recursive: true });
  return { ...(await encodeWithReference(path, own, changePlan)), directory: own };
}

const failed = (checks: { name: string; passed: boolean }[]) => [
  ...new Set(checks.filter(({ passed }) => !passed).map(({ name }) => name)),
];

describe('correct encodes pass', () => {
  const hdr = 'setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc';
  const tags = ['-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc'];
  const vfr = ['-fps_mode', 'passthrough', '-enc_time_base', '-1', ...fast];
  const stands = "settb=1/10,setpts='N*10+gte(N,3)*70'";
  const slides = [...picture(`testsrc2=s=320x240:r=1:d=4,${stands}`), ...beeps(14), ...vfr, '-c:a', 'aac'];
  const sources: [string, string, string[]][] = [
    ['29.97 with beeps', 'ntsc.mp4', [...test(3, '30000/1001'), ...beeps(3), ...fast]],
    [
      'pure noise',
      'noise.mp4',
      [...picture('nullsrc=s=320x240:r=30:d=2,geq=random(1)*255:128:128'), ...fast],
    ],
    ['film grain', 'grain.mp4', [...picture('testsrc2=s=320x240:d=2,noise=alls=40:allf=t'), ...fast]],
    [
      'darkness',
      'dark.mp4',
      [...picture('testsrc2=s=320x240:d=2,eq=brightness=-0.45:contrast=0.15'), ...fast],
    ],
    ['black video', 'black.mp4', [...picture('color=black:s=320x240:d=2'), ...fast]],
    ['video of 32 x 24', 'tiny.mp4', [...picture('testsrc2=s=32x24:d=2'), ...fast]],
    [
      'flashes in every other frame',
      'flash.mp4',
      [...picture("testsrc2=s=320x240:d=2,negate=enable='mod(n,2)'"), ...fast],
    ],
    [
      'variable frame rate',
      'vfr.mkv',
      [...picture("testsrc2=s=320x240:r=30:d=2,settb=1/90,setpts='N*3+mod(N,3)'"), ...vfr],
    ],
    ['HDR', 'hdr.mp4', [...picture(`testsrc2=s=320x240:d=1,format=yuv420p10le,${hdr}`), ...fast, ...tags]],
    ['one frame', 'single.mp4', [...test(1), '-frames:v', '1', ...fast]],
    [
      'late audio',
      'late.mkv',
      [...test(4), '-itsoffset', '1.5', ...beeps(2.5), ...fast, '-c:a', 'pcm_s16le'],
    ],
    ['slides with a long last one', 'slides.mp4', slides],
    ['slides, the last one for long, in Matroska', 'slides.mkv', slides],
    ['audio in long frames', 'long-frames.flac', [...beeps(4.1), '-frame_size', '32768', '-c:a', 'flac']],
    ['transport stream', 'stream.ts', [...test(3), ...beeps(3), ...fast, '-c:a', 'mp2']],
  ];
  it.each(sources)('%s', async (_name, fileName, argv) => {
    const encoded = await encode(await make(fileName, argv), fileName);
    expect((await verifyEncode(encoded, encoded.directory)).filter(({ passed }) => !passed)).toEqual([]);
    expect(encoded.content).toMatchObject({ isDamaged: false, decodableShare: 1 });
  });
});

describe('a damaged source', () => {
  const whole = [...test(8), ...beeps(8), ...fast, '-g', '30', '-b:v', '2M', '-c:a', 'aac'];

  async function damage(
    name: string,
    change: (path: string, sizeBytes: number) => Promise<void>,
    extra: string[] = [],
  ) {
    const path = await make(name, [...whole, ...extra]);
    await change(path, (await readFile(path)).length);
    return (await encode(path, name)).content;
  }
  const halve = (path: string, sizeBytes: number) => truncate(path, sizeBytes >> 1);
  const zeroed = (share: number) => async (path: string, sizeBytes: number) => {
    const bytes = await readFile(path);
    const start = Math.round(sizeBytes * 0.4);
    await writeFile(path, bytes.fill(0, start, start + Math.round(sizeBytes * share)));
  };

  it('F46 half a Matroska file is source-truncated', async () => {
    const content = await damage('half.mkv', halve);
    expect(content.decodableShare).toBeCloseTo(0.5, 1);
    expect(() => requireDecodable(content)).toThrow(
      expect.objectContaining({ code: 'source-truncated', retryable: false }),
    );
  });

  it('F46 half an MP4 file with its index in front is source-truncated', async () => {
    const content = await damage('half.mp4', halve, ['-movflags', '+faststart']);
    expect(content.decodableShare).toBeCloseTo(0.5, 1);
    expect(() => requireDecodable(content)).toThrow(expect.objectContaining({ code: 'source-truncated' }));
  });

  it('F46 half a transport stream, which declares no duration, is certified as damaged', async () => {
    const content = await damage('half.ts', halve);
    expect(content.isDamaged).toBe(true);
    expect(content.warnings.errors + content.warnings.corrupt).toBeGreaterThan(0);
  });

  it.each(['zero.mp4', 'zero.mkv', 'zero.ts'])(
    'F48 a few zeroed bytes in %s are published and certified',
    async (name) => {
      const content = await damage(
        name,
        zeroed(0.03),
        name.endsWith('mp4') ? ['-movflags', '+faststart'] : [],
      );
      expect(() => requireDecodable(content)).not.toThrow();
      expect(content.isDamaged).toBe(true);
      expect(content.warnings.examples.join()).not.toContain(directory);
    },
  );

  it.each(['hole.mp4', 'hole.mkv', 'hole.ts'])(
    'F48 a third of zeros in %s is source-truncated',
    async (name) => {
      const content = await damage(
        name,
        zeroed(0.33),
        name.endsWith('mp4') ? ['-movflags', '+faststart'] : [],
      );
      expect(() => requireDecodable(content)).toThrow(expect.objectContaining({ code: 'source-truncated' }));
    },
  );
});

describe('a wrong output', () => {
  let encoded: ReferencedEncode & { directory: string };
  const id = 'h264-240';
  beforeAll(async () => {
    encoded = await encode(await make('honest.mp4', [...test(4), ...beeps(4), ...fast]), 'honest');
  });

  async function verifyChanged(name: string, argv: string[], trackId = id) {
    const changed = await make(name, ['-i', encoded.pathOf(trackId), ...argv]);
    return failed(
      await verifyEncode(encoded, encoded.directory, (own) =>
        own === trackId ? changed : encoded.pathOf(own),
      ),
    );
  }

  it.each([
    ['rotated by 180 degrees', 'hflip,vflip'],
    ['mirrored', 'hflip'],
    ['upside down', 'vflip'],
    ['green', 'geq=0:0:0'],
    ['frozen', 'loop=loop=-1:size=1:start=0,trim=end_frame=120'],
    ['of another moment', 'tpad=start=15:start_mode=clone,trim=end_frame=120'],
    ['darkened', 'eq=brightness=-0.1'],
  ])('fails if the video is %s', async (name, filter) => {
    const checks = await verifyChanged(`${name.replaceAll(' ', '-')}.mp4`, ['-vf', filter, ...fast]);
    expect(checks).toContain('wrong-pictures-share');
    expect(checks).not.toContain('decoded-frames');
  });

  it('fails if a rendition shows the video of another source', async () => {
    const other = await make('other.mp4', [
      ...picture('mandelbrot=s=320x240:r=30'),
      '-frames:v',
      '120',
      ...fast,
    ]);
    const checks = await verifyEncode(encoded, encoded.directory, (own) =>
      own === id ? other : encoded.pathOf(own),
    );
    expect(failed(checks)).toContain('wrong-pictures-share');
  });

  it('fails if audio is 200 ms late, and 200 ms early', async () => {
    const late = await verifyChanged(
      'late-audio.mp4',
      ['-af', 'adelay=200:all=1,atrim=end=4', '-c:a', 'aac'],
      'audio-1',
    );
    expect(late).toContain('sound-lag-seconds');
    const early = await verifyChanged(
      'early-sound.mp4',
      ['-af', 'atrim=start=0.2,asetpts=PTS-STARTPTS,apad=whole_dur=4', '-c:a', 'aac'],
      'audio-1',
    );
    expect(early).toContain('sound-lag-seconds');
  });

  it('F53 fails if a chunk has one frame too many', async () => {
    const argv = [
      '-vf',
      'tpad=stop=1:stop_mode=clone',
      ...fast,
      '-bf',
      '2',
      '-g',
      '60',
      '-keyint_min',
      '60',
      '-sc_threshold',
      '0',
    ];
    const stream = ['-f', 'mp4', '-movflags', '+frag_keyframe+delay_moov+default_base_moof+skip_trailer'];
    const longer = await make('longer.mp4', [
      '-i',
      encoded.pathOf(id),
      ...argv,
      '-fps_mode',
      'passthrough',
      ...stream,
    ]);
    const track = packageStream(encoded.plan, id, await readFile(longer));
    const presentation = createPresentation([track, ...encoded.presentation.audio]);
    expect(failed(checkTracks(encoded.plan, presentation, encoded.capture, encoded.content))).toEqual([
      'frame-count',
    ]);
    const checks = await verifyEncode(encoded, encoded.directory, (own) =>
      own === id ? longer : encoded.pathOf(own),
    );
    expect(failed(checks)).toContain('decoded-frames');
  });

  it('fails if a few of its bytes are changed', async () => {
    const broken = join(directory, 'broken.mp4');
    await copyFile(encoded.pathOf(id), broken);
    const bytes = await readFile(broken);
    await writeFile(broken, bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 2_000));
    const checks = await verifyEncode(encoded, encoded.directory, (own) =>
      own === id ? broken : encoded.pathOf(own),
    );
    expect(failed(checks)).toContain('decode-errors');
  });
});

describe('the offset of audio', () => {
  const late = (name: string) =>
    make(name, [
      ...[...test(3), '-itsoffset', '1', ...beeps(2), '-map', '0:v', '-map', '1:a'],
      ...[...fast, '-c:a', 'mp2'],
    ]);

  it.each(['late.ts', 'late.mkv', 'late.vob'])('is that of the packets of the source: %s', async (name) => {
    const encoded = await encode(await late(name), name);
    const checks = checkTracks(encoded.plan, encoded.presentation, encoded.capture, encoded.content);
    const offset = checks.find((check) => check.name === 'audio-offset-differs-seconds');
    expect(offset).toMatchObject({ passed: true, measured: expect.closeTo(0, 1) });
  });

  it('fails where ffmpeg moves late audio of a transport stream to the beginning', async () => {
    const encoded = await encode(await late('moved.ts'), 'moved', (plan) => ({
      ...plan,
      timeline: { ...plan.timeline, anchorStreamIndex: null },
    }));
    const checks = checkTracks(encoded.plan, encoded.presentation, encoded.capture, encoded.content);
    expect(failed(checks)).toEqual(['audio-offset-differs-seconds']);
  });
});
