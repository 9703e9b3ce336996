import { once } from 'node:events';
import { FyrestreamError, verificationUnitId, workerExitCode } from '@fyrestream/events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { jobId, openTestWorker } from '../test/open-test-worker.ts';
import type { ActiveClaim } from './claim-heartbeat.ts';

const reason = { code: 'ffmpeg-failed', message: 'ffmpeg failed.', retryable: true };
const interrupted = {
  kind: 'attempt-ended',
  attempt: 1,
  end: 'interrupted',
  reason,
  largerSize: null,
} as const;

let worker: Awaited<ReturnType<typeof openTestWorker>>;
afterEach(() => worker.close());

const open = async (encode: (claim: ActiveClaim) => Promise<void> = async () => {}) => {
  worker = await openTestWorker(encode);
};

/** A stage that runs until its claim is aborted. @returns the claim of the first unit, once it is encoded */
function encodeUntilAborted() {
  let started = (_claim: ActiveClaim) => {};
  const claimed = new Promise<ActiveClaim>((resolve) => {
    started = resolve;
  });
  const encode = async (claim: ActiveClaim) => {
    started(claim);
    await once(claim.signal, 'abort');
    throw claim.signal.reason;
  };
  return { encode, claimed };
}

describe('F30 an additional worker', () => {
  it('does nothing before there is a plan', async () => {
    await open();
    expect(await worker.work(1)).toBe(workerExitCode.done);
    expect(await worker.unitStates()).toEqual({});
  });

  it('encodes and verifies the units of the plan, leaves the assembly to the leading worker, and changes no record of the job', async () => {
    await open();
    await worker.storePlan();
    const before = await worker.read();
    expect(await worker.work(1)).toBe(workerExitCode.done);
    const parts = ['video-00001', 'video-00002'];
    const done = ['plan', ...parts, ...parts.map(verificationUnitId)];
    expect(await worker.unitStates()).toEqual(Object.fromEntries(done.map((unitId) => [unitId, 'done'])));
    expect(await worker.work(2)).toBe(workerExitCode.done);
    expect(await worker.unitStates()).not.toHaveProperty('assembly');
    expect(await worker.read()).toEqual(before);
    expect(worker.messages).toEqual([]);
  });

  it('verifies one part after the other while it encodes the next one, not only the first', async () => {
    const verified = ['video-00001', 'video-00002'].map(verificationUnitId);
    const areVerified = async () => {
      const states = await worker.unitStates();
      return verified.every((unitId) => states[unitId] === 'done');
    };
    worker = await openTestWorker(async () => {
      await vi.waitUntil(areVerified, { timeout: 600_000 });
    }, 3);
    await worker.storePlan();
    for (const unitId of ['video-00001', 'video-00002']) {
      const claim = await worker.ledger.claimUnit({ jobId, unitId, owner: 'another' });
      if (claim !== null) await worker.ledger.finishUnit(claim);
    }
    expect(await worker.work(1)).toBe(workerExitCode.done);
    expect(await worker.unitStates()).toMatchObject({ 'video-00003': 'done' });
  });

  it('ends when the units that are left are claimed by others', async () => {
    await open(async () => expect.fail('the unit is claimed'));
    await worker.storePlan();
    for (const unitId of ['video-00001', 'video-00002']) {
      await worker.ledger.claimUnit({ jobId, unitId, owner: 'another' });
    }
    expect(await worker.work(1)).toBe(workerExitCode.done);
  });

  it.each([
    ['may pass', true],
    ['is final', false],
  ])('gives a unit back whose failure %s, and does not end the attempt', async (_which, retryable) => {
    await open(() => Promise.reject(new FyrestreamError({ ...reason, retryable })));
    await worker.storePlan();
    const before = await worker.read();
    expect(await worker.work(1)).toBe(workerExitCode.failed);
    expect(await worker.unitStates()).toEqual({ plan: 'done', 'video-00001': 'open' });
    expect(await worker.read()).toEqual(before);
  });

  it('that is stopped gives its unit back and does not count as an interruption of the job', async () => {
    const { encode, claimed } = encodeUntilAborted();
    await open(encode);
    await worker.storePlan();
    const stop = new AbortController();
    const ended = worker.work(1, stop.signal);
    await claimed;
    stop.abort();
    expect(await ended).toBe(workerExitCode.interrupted);
    expect(await worker.unitStates()).toMatchObject({ 'video-00001': 'open' });
    expect(await worker.read()).toMatchObject({ status: 'running', interruptionCount: 0 });
  });

  it('goes on while the leading worker is replaced, and ends when the job is over', async () => {
    const { encode, claimed } = encodeUntilAborted();
    await open(encode);
    await worker.storePlan();
    const ended = worker.work(1);
    const { signal } = await claimed;
    await worker.advance(interrupted);
    worker.beat();
    await worker.read();
    expect(signal.aborted).toBe(false);
    await worker.advance({ kind: 'cancelled', reason });
    const aborted = once(signal, 'abort');
    worker.beat();
    await aborted;
    expect(await ended).toBe(workerExitCode.done);
  });

  it('starts nothing for a job that is over', async () => {
    await open(async () => expect.fail('the job is over'));
    await worker.storePlan();
    await worker.advance({ kind: 'cancelled', reason });
    expect(await worker.work(1)).toBe(workerExitCode.done);
  });

  it('encodes no unit by a plan that a retry has replaced', async () => {
    const encoded: string[] = [];
    await open(async ({ unitId }) => {
      encoded.push(unitId);
      await worker.ledger.reopenUnits(jobId);
    });
    await worker.storePlan();
    expect(await worker.work(1)).toBe(workerExitCode.done);
    expect(encoded).toEqual(['video-00001']);
    expect(await worker.unitStates()).toEqual({ plan: 'open', 'video-00001': 'open' });
  });
});

describe('the leading worker', () => {
  /** It fails in its first unit, after the plan was recorded. */
  const fail = () => Promise.reject(new FyrestreamError(reason));

  it('records the workers that its plan wants, with their cost, and asks the invoker for them, once', async () => {
    await open(fail);
    await worker.storePlan();
    await worker.work(0);
    expect(await worker.read()).toMatchObject({
      costEstimateUsd: expect.any(Number),
      additional: { planToken: 1, wanted: 1, launches: [] },
    });
    expect(worker.messages).toEqual([{ kind: 'job-due', jobId }]);
    await worker.work(0);
    expect(worker.messages).toHaveLength(1);
  });

  it('asks for none where the plan has one unit of video, and earlier releases can read the record', async () => {
    worker = await openTestWorker(fail, 1);
    await worker.storePlan();
    await worker.work(0);
    expect(await worker.read()).not.toHaveProperty('additional');
    expect(worker.messages).toEqual([]);
  });
});
