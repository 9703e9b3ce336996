import type { RemakeProposal } from '@fyrestream/operations';
import { expect, it } from 'vitest';
import { drawRemakes, reachOfBudget, sumRemakes } from './format-remakes.ts';

const film: RemakeProposal = {
  ...{ key: 'videos/film.mov', jobId: 'abcdefghijklmnopqrstuvwxyz', profile: 'hevc', keepsAudio: true },
  ...{
    kept: ['h264-1080', 'h264-720'],
    encoded: ['hevc-1080', 'hevc-720'],
    costEstimateUsd: 0.25,
    reason: null,
    upload: null,
  },
};
const nothing = { kept: [], encoded: [], keepsAudio: null, costEstimateUsd: 0 };
const reasonOf = (code: string, message: string) => ({ code, message, retryable: false });

it('shows what is kept, what is encoded and the price, and the sum of it all', () => {
  const talk = { ...film, key: 'videos/talk.mov', kept: [], keepsAudio: false, costEstimateUsd: 0.5 };
  const same = { ...film, ...nothing, reason: reasonOf('unchanged', 'It is as its profile wants it.') };
  const gone = {
    ...film,
    ...nothing,
    key: 'videos/gone.mov',
    reason: reasonOf('nothing-published', 'Gone.'),
  };
  expect(drawRemakes([film, talk, same, gone]).split('\n')).toEqual([
    'VIDEO            PROFILE  KEPT                  ENCODED                 PRICE',
    'videos/film.mov  hevc     h264 1080 720, audio  hevc 1080 720         $0.2500',
    'videos/talk.mov  hevc     -                     hevc 1080 720, audio  $0.5000',
    'videos/gone.mov  hevc     -                     Gone.                       -',
  ]);
  expect(sumRemakes([film, talk, same, gone])).toBe(
    '2 videos: 2 renditions kept, 4 encoded, about $0.7500 in all; 1 already as their profile wants them; 1 cannot be made anew',
  );
  expect(drawRemakes([same])).toBe('');
});

it('says in a dry run how far a budget would reach', () => {
  const upload = {
    ...{ bucket: 'videos', key: film.key, versionId: 'v1', etag: 'e', sizeBytes: 1, sequencer: null },
    uploadedAt: '2026-01-02T03:00:00.000Z',
  };
  const films = ['a', 'b', 'c'].map((name) => ({ ...film, key: `videos/${name}.mov`, upload }));
  const same = { ...film, ...nothing, reason: reasonOf('unchanged', 'It is as its profile wants it.') };
  const proposals = [same, ...films];
  expect(reachOfBudget(proposals, 0.6)).toBe(
    'a budget of $0.6000 is enough for 2 videos: 1 would be left, from videos/c.mov on',
  );
  expect(reachOfBudget(proposals, 0.75)).toBe('a budget of $0.7500 is enough for all');
});
