import { defaultLadderConfig } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { buildAudioTrack, buildVideoTrack } from '../../test/build-track-manifest.ts';
import { audioStream, factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { plannedRenditions } from '../plan/encode-plan.ts';
import { planEncode } from '../plan/plan-encode.ts';
import { createPresentation } from '../playlists/presentation.ts';
import { keepTracks } from '../remake/keep-tracks.ts';
import { checkTracks } from './check-tracks.ts';

const plan = planEncode(factsOf([videoStream(), audioStream()]), {}, defaultLadderConfig);
const renditionIds = plannedRenditions(plan).map(({ id }) => id);
const audioIds = plan.audio.map(({ id }) => id);
const [, second = '', ...others] = renditionIds;
const times = {
  ...{ frameCount: 300, firstSeconds: 0, lastSeconds: 9.9, typicalGapSeconds: 1 / 30, missingSeconds: 0 },
  gaps: [],
};
const content = {
  ...{ streams: [], warnings: { errors: 0, corrupt: 0, examples: [] } },
  ...{ decodableShare: 1, isDamaged: false },
};

/** Of a remake that keeps tracks and decoded a stream; one frame is missing in its second rendition. */
function checksOf(keptIds: string[], decodedIndex: number) {
  const { frameCount } = buildVideoTrack('any');
  const presentation = createPresentation([
    ...renditionIds.map((id) => buildVideoTrack(id, { frameCount: frameCount - (id === second ? 1 : 0) })),
    ...audioIds.map((id) => buildAudioTrack(id)),
  ]);
  const capture = {
    ...{ warnings: content.warnings, video: [], audio: [] },
    decoded: [{ streamIndex: decodedIndex, times }],
  };
  const keeping = keepTracks(plan, { jobId: 'a', token: 1 }, keptIds);
  const checks = checkTracks(keeping, presentation, [capture], content);
  return (wanted: string) => checks.filter(({ name }) => name === wanted);
}

it('compares no number of frames with itself where all renditions are kept', () => {
  const of = checksOf(renditionIds, 1);
  expect(of('frame-count').map(({ subject }) => subject)).toEqual([second, ...others]);
  expect(of('frame-count').filter(({ passed }) => !passed)).toMatchObject([{ subject: second }]);
});

it.each([
  ['audio', audioIds, 0],
  ['all renditions', renditionIds, 1],
])('says that the source was not decoded again where a remake keeps %s', (_, keptIds, decodedIndex) => {
  const measured = 'kept: not decoded again';
  const of = checksOf(keptIds, decodedIndex);
  expect(of('audio-offset-differs-seconds')).toMatchObject(audioIds.map(() => ({ measured })));
  const ofFrames = decodedIndex === 0 ? 'packets without times, or too few' : measured;
  expect(of('frames-decoded')).toMatchObject([{ measured: ofFrames }]);
});
