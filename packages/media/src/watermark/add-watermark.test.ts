import { defaultLadderConfig, hevcLadder, type LadderConfig, watermarkSchema } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { audioStream, factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { encodeVideoCommand } from '../command/encode-video-command.ts';
import { toArguments } from '../command/ffmpeg-command.ts';
import { serializeFilterGraph } from '../command/filter-graph.ts';
import { videoFilterGraph } from '../command/video-filter-graph.ts';
import { encodePlanSchema } from '../plan/encode-plan.ts';
import { planEncode } from '../plan/plan-encode.ts';
import { addWatermark } from './add-watermark.ts';

const image = {
  file: { key: 'watermarks/a.png', versionId: 'v1', etag: 'e', sizeBytes: 9, demuxer: 'png_pipe' },
  size: { width: 200, height: 100 },
} as const;
const watermark = watermarkSchema.parse({ image: 'a.png', size: 0.25, opacity: 0.8 });
const planOf = (stream: ReturnType<typeof videoStream>, ladder: LadderConfig = defaultLadderConfig) =>
  addWatermark(planEncode(factsOf([stream]), {}, ladder), image, watermark);
/** The chains of the graph without those of the picture. */
const chainsOf = (plan: ReturnType<typeof planOf>) =>
  plan.video === null ? [] : serializeFilterGraph(videoFilterGraph(plan.video)).split(';');

it('is drawn once, before the smaller renditions are scaled', () => {
  const plan = planOf(videoStream({ width: 640, height: 360 }));
  const [drawn, picture, ...renditions] = chainsOf(plan);
  expect(drawn).toBe(
    '[1:v:0]trim=end_frame=1,settb=1/30,setpts=0,format=gbrap16le,premultiply=inplace=1,scale=160:80:flags=bicubic,' +
      'unpremultiply=inplace=1,setsar=1,colorchannelmixer=aa=0.8,' +
      'scale=out_color_matrix=bt709:out_range=tv,format=yuva420p[watermark-standard]',
  );
  expect(picture).toMatch(/^\[0:0\]fps=.*,setsar=1\[plain-standard\]$/);
  expect(renditions).toEqual([
    '[plain-standard][watermark-standard]overlay=x=462:y=262:format=yuv420:eof_action=repeat,split=2[out-h264-360][smaller-standard-1]',
    '[smaller-standard-1]scale=426:240:flags=bicubic,setsar=1[out-h264-240]',
  ]);
  const { input } = encodeVideoCommand(plan, null, {
    ...{ sourcePath: '/scratch/source', watermarkPath: '/scratch/image' },
    targetFor: (id) => id,
  });
  expect(input.map(({ path }) => path)).toEqual(['/scratch/source', '/scratch/image']);
  expect(input[1]?.options.join(' ')).toMatch(
    /^-protocol_whitelist file -f png_pipe .*-max_pixels 16777216 -reinit_filter 0$/,
  );
});

it('has the colours of each branch', () => {
  const hdr = videoStream({
    ...{ width: 640, height: 360, bit_rate: undefined, pix_fmt: 'yuv420p10le' },
    ...{ color_transfer: 'smpte2084', color_primaries: 'bt2020', color_space: 'bt2020nc' },
  });
  const ladder = { ...defaultLadderConfig, ladders: [...defaultLadderConfig.ladders, hevcLadder] };
  const chains = chainsOf(planOf(hdr, { ...ladder, hdr: 'keep' }));
  expect(chains[0]).toBe('[1:v:0]split=2[image-standard][image-high-dynamic-range]');
  expect(chains[1]).toMatch(/^\[image-standard\].*out_color_matrix=bt709:.*\[watermark-standard\]$/);
  expect(chains[2]).toMatch(
    /^\[image-high-dynamic-range\].*:t=smpte2084:npl=203:.*format=yuva420p10le\[watermark-high-dynamic-range\]$/,
  );
  expect(
    chains.filter((chain) => chain.includes('overlay=')).map((chain) => /format=(\w+)/.exec(chain)?.[1]),
  ).toEqual(['yuv420', 'yuv420p10']);
});

it('can be stored, and leaves audio alone', () => {
  const plan = planOf(videoStream());
  expect(encodePlanSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  const sound = planEncode(factsOf([audioStream()]), {}, defaultLadderConfig);
  expect(addWatermark(sound, image, watermark)).toEqual(sound);
});

it('a plan of an older version, which knows no watermark, has none', () => {
  const { video, ...plan } = planEncode(factsOf([videoStream()]), {}, defaultLadderConfig);
  const { watermark: _, branches, ...older } = video ?? { watermark: null, branches: [] };
  const stored = {
    ...plan,
    video: { ...older, branches: branches.map(({ watermark: _none, ...branch }) => branch) },
  };
  const read = encodePlanSchema.parse(JSON.parse(JSON.stringify(stored)));
  expect([read.video?.watermark, read.video?.branches[0]?.watermark]).toEqual([null, null]);
  const argv = toArguments(encodeVideoCommand(read, null, { sourcePath: 's', targetFor: (id) => id }));
  expect(argv.filter((argument) => argument === '-i').length).toBe(1);
});
