import {
  av1Ladder,
  defaultLadderConfig,
  hevcLadder,
  type LadderConfig,
  watermarkSchema,
} from '@fyrestream/events';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { audioStream, factsOf, subtitleStream, videoStream } from '../../test/ffprobe-fixtures.ts';
import { encodeVideoCommand } from '../command/encode-video-command.ts';
import { serializeFilterGraph } from '../command/filter-graph.ts';
import { encodePlanSchema, plannedRenditions } from '../plan/encode-plan.ts';
import { planEncode } from '../plan/plan-encode.ts';
import { addVideoReferenceCapture } from '../verify/add-video-reference-capture.ts';
import { addWatermark } from '../watermark/add-watermark.ts';
import { addressTracks } from './address-tracks.ts';
import { keepableTracks, keepTracks } from './keep-tracks.ts';
import { planOfUnit, planToEncode } from './plan-to-encode.ts';

const version = { jobId: 'abcdefghijklmnopqrstuvwxyz', token: 3 };
const origin = {
  upload: { bucket: 'videos', key: 'videos/a.mp4', versionId: 'v1', etag: 'e1' },
  toolVersions: { ffmpeg: '7.1' },
};
const image = {
  file: { key: 'watermarks/a.png', versionId: 'v1', etag: 'e', sizeBytes: 9, demuxer: 'png_pipe' },
  size: { width: 200, height: 100 },
} as const;
const hdr = { color_transfer: 'smpte2084', color_primaries: 'bt2020', color_space: 'bt2020nc' };
const config: LadderConfig = {
  ...defaultLadderConfig,
  ladders: [...defaultLadderConfig.ladders, hevcLadder, av1Ladder],
};
const sdr = planEncode(factsOf([videoStream(), audioStream(), subtitleStream()]), {}, config);
const plans = {
  sdr,
  marked: addWatermark(sdr, image, watermarkSchema.parse({ image: 'a.png' })),
  hdr: planEncode(factsOf([videoStream(hdr), audioStream()]), {}, { ...config, hdr: 'keep' }),
  silent: planEncode(factsOf([videoStream()]), {}, config),
};
const tracksOf = (plan: typeof sdr) => [...plannedRenditions(plan), ...plan.audio].map(({ id }) => id);

it('makes each rendition as if all were made, whichever are kept', () => {
  const chosen = fc
    .constantFrom(...Object.values(plans))
    .chain((plan) =>
      fc.record({ plan: fc.constant(plan), kept: fc.subarray(tracksOf(plan), { minLength: 1 }) }),
    );
  fc.assert(
    fc.property(chosen, ({ plan, kept }) => {
      const keeping = keepTracks(plan, version, kept);
      const reduced = planToEncode(keeping);
      expect(encodePlanSchema.parse(JSON.parse(JSON.stringify(keeping)))).toEqual(keeping);
      expect(tracksOf(reduced)).toEqual(tracksOf(plan).filter((id) => !kept.includes(id)));
      const all = addressTracks(plan, origin);
      for (const kind of ['video', 'audio'] as const) {
        const ofUnit = planOfUnit(keeping, { kind });
        const addresses = addressTracks(ofUnit, origin);
        const ids = kind === 'audio' ? ofUnit.audio : plannedRenditions(ofUnit);
        for (const { id } of ids) expect({ id, address: addresses[id] }).toEqual({ id, address: all[id] });
      }
    }),
    // All of the video is kept, and the audio is not.
    { examples: [[{ plan: plans.sdr, kept: plannedRenditions(plans.sdr).map(({ id }) => id) }]] },
  );
});

it('has no chain of filters that nothing reads', () => {
  const keeping = keepTracks(plans.sdr, version, [
    'h264-1080',
    'h264-720',
    'hevc-1080',
    'hevc-720',
    'hevc-480',
    'av1-1080',
    'av1-720',
    'av1-240',
  ]);
  const plan = planToEncode(keeping);
  if (plan.video === null) throw new TypeError('the plan has no video');
  const command = encodeVideoCommand(plan, null, { sourcePath: 's', targetFor: (id) => id });
  const targets = { frameTimesTarget: 't', referenceTarget: (id: string) => id };
  const { filterGraph = [], outputs } = addVideoReferenceCapture(command, plan.video, targets);
  const read = [
    ...filterGraph.flatMap(({ inputs }) => inputs),
    ...outputs.map(({ options }) => options[1]?.slice(1, -1)),
  ];
  expect(filterGraph.flatMap((chain) => chain.outputs).filter((label) => !read.includes(label))).toEqual([]);
  expect(serializeFilterGraph(command.filterGraph ?? [])).toMatch(
    /^\[0:0\]fps=.*\[smaller-standard-1\];\[smaller-standard-1\]scale=1280:720:flags=bicubic,setsar=1\[smaller-standard-2\];/,
  );
});

it('keeps audio as a whole or not at all', () => {
  const two = planEncode(
    factsOf([videoStream(), audioStream(), audioStream({ index: 2, disposition: {} })]),
    {},
    defaultLadderConfig,
  );
  const addresses = addressTracks(two, origin);
  const without = { ...addresses, 'audio-2': 'other' };
  expect(keepableTracks(two, addresses, addresses)).toEqual(tracksOf(two));
  expect(keepableTracks(two, addresses, without)).toEqual(plannedRenditions(two).map(({ id }) => id));
  expect(keepTracks(two, version, ['audio-1']).kept).toBeUndefined();
  expect(keepableTracks(two, {}, {})).toEqual([]);
});

it('has no unit of video where every rendition is kept, and always a unit', () => {
  const renditions = plannedRenditions(plans.sdr).map(({ id }) => id);
  const unitsOf = (plan: typeof sdr, kept: readonly string[]) =>
    keepTracks(plan, version, kept).units.map(({ id }) => id);
  expect(unitsOf(plans.sdr, renditions)).toEqual(['audio']);
  expect(unitsOf(plans.sdr, renditions.slice(1))).toEqual(['audio', 'video-00001']);
  expect(unitsOf(plans.silent, renditions)).toEqual(['audio']);
  expect(keepTracks(plans.sdr, version, renditions).kept?.why).toBe(
    'made in the same way in versions/abcdefghijklmnopqrstuvwxyz/3/',
  );
});
