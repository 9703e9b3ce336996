import { expect, it } from 'vitest';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { makePlan } from './make-plan.ts';

it('a job whose profile was removed from the stack while it waited fails for good, and reads no byte', async () => {
  const fetch = () => expect.unreachable('the source was read');
  const work = {
    job: {
      upload: { key: 'videos/a.mov' },
      making: { profile: 'archive', options: {}, from: 'rule' },
    },
    settings: { profiles: new Map([['default', {}]]) },
    source: { fetch },
  } as unknown as JobContext;
  const claim = { signal: new AbortController().signal } as ActiveClaim;
  await expect(makePlan(work, claim)).rejects.toMatchObject({
    code: 'profile-unknown',
    message: expect.stringMatching(/no profile archive, but default: .* retry the job/),
    retryable: false,
  });
});
