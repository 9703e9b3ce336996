import { expect, it } from 'vitest';
import type { Plan } from '../api/views.ts';
import { withPlannedTracks } from './with-planned-tracks.ts';

const audio = {
  ...{ trackId: 'audio-1', kind: 'audio' as const, fraction: 1, verifiedFraction: 0.5 },
  ...{ speed: null, etaSeconds: 0 },
};
const plan = {
  renditions: [{ id: 'h264-720' }, { id: 'h264-360' }],
  audio: [{ id: 'audio-1' }],
} as Pick<Plan, 'renditions' | 'audio'>;

it('shows every planned rung from the beginning, in the order of the plan', () => {
  expect(withPlannedTracks([audio], plan)).toEqual([
    expect.objectContaining({ trackId: 'h264-720', kind: 'video', fraction: 0 }),
    expect.objectContaining({ trackId: 'h264-360', kind: 'video', fraction: 0 }),
    audio,
  ]);
});

it('shows what is measured before the plan is known', () => {
  expect(withPlannedTracks([audio], undefined)).toEqual([audio]);
});
