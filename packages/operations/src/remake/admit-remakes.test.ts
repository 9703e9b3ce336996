import { type ControlMessage, jobIdOf } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { jobRecord } from '../../test/job-fixtures.ts';
import type { StackQueue } from '../stack/stack.ts';
import { admitRemakes } from './admit-remakes.ts';
import type { RemakeProposal } from './remake-proposal.ts';

const { upload } = jobRecord();
const proposal = (name: string, costEstimateUsd: number): RemakeProposal => ({
  ...{ key: `videos/${name}`, jobId: 'a'.repeat(26), profile: 'hevc', kept: [], encoded: ['hevc-720'] },
  ...{ keepsAudio: true, costEstimateUsd, reason: null },
  upload: { ...upload, key: `videos/${name}`, edition: 1 },
});
const unchanged: RemakeProposal = {
  ...proposal('same.mov', 0),
  ...{
    upload: null,
    reason: { code: 'unchanged', message: 'It is as its profile wants it.', retryable: false },
  },
};

/** What a queue with these numbers of waiting messages, one after the other, gets. */
async function admit(proposals: readonly RemakeProposal[], budgetUsd?: number, waiting = [0]) {
  const sent: ControlMessage[] = [];
  const left = [...waiting];
  const control = {
    messages: { depth: async () => ({ waiting: left.shift() ?? 0 }) },
  } as unknown as StackQueue;
  const stack = {
    sender: { send: async (message: ControlMessage) => void sent.push(message) },
    queues: { control, uploads: control },
  };
  const done = await admitRemakes(
    stack,
    proposals,
    { budgetUsd, maxWaiting: 200 },
    new AbortController().signal,
  );
  const names = (found: readonly RemakeProposal[]) => found.map(({ key }) => key.slice('videos/'.length));
  return {
    admitted: names(done.admitted.map((one) => one.proposal)),
    jobIds: done.admitted.map(({ jobId }) => jobId),
    left: names(done.left),
    sent: sent.map((message) => (message.kind === 'remake-requested' ? message.upload.key : message.kind)),
  };
}

const films = [proposal('a.mov', 2), unchanged, proposal('b.mov', 3), proposal('c.mov', 1)];

it('admits all without a budget, and nothing that would not change', async () => {
  const { admitted, jobIds, left, sent } = await admit(films);
  expect({ admitted, left }).toEqual({ admitted: ['a.mov', 'b.mov', 'c.mov'], left: [] });
  expect(sent).toEqual(['videos/a.mov', 'videos/b.mov', 'videos/c.mov']);
  expect(jobIds[0]).toBe(jobIdOf({ ...upload, key: 'videos/a.mov', edition: 1 }));
});

it('stops before the sum exceeds the budget', async () => {
  expect(await admit(films, 5)).toMatchObject({ admitted: ['a.mov', 'b.mov'], left: ['c.mov'] });
  expect(await admit(films, 4)).toMatchObject({ admitted: ['a.mov'], left: ['b.mov', 'c.mov'] });
  expect(await admit(films, 0)).toMatchObject({ admitted: [], left: ['a.mov', 'b.mov', 'c.mov'], sent: [] });
});

it('waits while many messages wait', async () => {
  const many = Array.from({ length: 150 }, (_, index) => proposal(`${index}.mov`, 1));
  expect((await admit(many, undefined, [0, 500, 0])).sent).toHaveLength(150);
});
