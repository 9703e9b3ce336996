import {
  FyrestreamError,
  type JobRecord,
  launchDelaySeconds,
  maxDeniedInspections,
  maxInspectionDelays,
  maxInspectionMinutes,
} from '@fyrestream/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestInvoker, someReason, type TestInvoker, uploadOf } from '../../test/open-test-invoker.ts';
import { createInvoker } from '../handler.ts';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import type { SourceInspector } from './inspect-source.ts';

let invoker: TestInvoker;
beforeEach(async () => {
  invoker = await openTestInvoker();
});
afterEach(() => invoker.close());

const upload = uploadOf('videos/a.mov');
const receive = (dependencies: InvokerDependencies) =>
  createInvoker(dependencies)({ kind: 'upload-received', upload });

/** Handles the messages that the invoker sent to itself. @returns the job */
async function handleMessages(inspect: SourceInspector = invoker.dependencies.inspect): Promise<JobRecord> {
  const handle = createInvoker(invoker.with({ inspect }));
  for (const { message } of invoker.messages.splice(0)) await handle(message);
  return (await invoker.ledger.listJobs('queued')).jobs[0] ?? expect.unreachable();
}

const notReadable: SourceInspector = () => Promise.reject(new TypeError('not readable'));

describe('the inspection of an upload', () => {
  it('has a message of its own, sent after the job exists and again with each repetition of the event', async () => {
    for (let count = 1; count <= 2; count += 1) {
      await receive(invoker.with({ inspect: () => expect.unreachable('inspected') }));
      expect(invoker.messages).toMatchObject(
        Array(count).fill({ message: { kind: 'job-due' }, delaySeconds: 0 }),
      );
    }
    expect(invoker.requests).toEqual([]);
    const job = await handleMessages();
    expect(job).toMatchObject({ size: invoker.inspection.size, costEstimateUsd: 0.01 });
    expect(invoker.requests).toHaveLength(1);
  });

  it('is done again if the invoker ended before the result was recorded', async () => {
    await receive(invoker.dependencies);
    const [message] = invoker.messages;
    const ledger = { ...invoker.ledger, advance: () => Promise.reject(new TypeError('crash')) };
    const crashing = createInvoker(invoker.with({ ledger }));
    await expect(crashing(message?.message)).rejects.toThrow('crash');
    await handleMessages();
    expect(invoker.requests).toHaveLength(1);
  });

  it('fails the job of an upload that is no media, and publishes that', async () => {
    const refusal = { code: 'not-media', message: 'It is a text.', retryable: false };
    invoker.inspection = { ...invoker.inspection, refusal };
    await receive(invoker.dependencies);
    for (const { message } of invoker.messages) await createInvoker(invoker.dependencies)(message);
    expect((await invoker.ledger.listJobs('failed')).jobs).toMatchObject([{ reason: refusal, owed: [] }]);
    expect(invoker.events.map(({ kind }) => kind)).toEqual(['job-queued', 'job-failed']);
  });

  it('is postponed while the upload cannot be read, and the job says why', async () => {
    await receive(invoker.dependencies);
    const waiting = await handleMessages(notReadable);
    expect(waiting).toMatchObject({ awaitsInspection: true, waitCount: 1, attempt: 0 });
    expect(waiting.reason?.message).toContain('not readable');
    const delaySeconds = launchDelaySeconds(waiting);
    expect(invoker.messages).toMatchObject([{ message: { kind: 'job-due' }, delaySeconds }]);
    invoker.table.clock.advance(delaySeconds);
    expect(await handleMessages()).toMatchObject({ reason: null, waitCount: 0 });
    expect(invoker.requests).toHaveLength(1);
  });

  it('is not repeated without limit: then the job is launched, and its worker decides', async () => {
    await receive(invoker.dependencies);
    for (let delays = 1; delays <= maxInspectionDelays; delays += 1) {
      expect((await handleMessages(notReadable)).waitCount).toBe(delays);
      invoker.table.clock.advance(900);
    }
    await handleMessages(notReadable);
    expect(invoker.requests).toHaveLength(1);
  });

  it('that is denied fails the job after a quarter of an hour, not at once', async () => {
    const error = new FyrestreamError({ code: 'object-access-denied', message: 'No.', retryable: true });
    await receive(invoker.dependencies);
    for (let delays = 1; delays <= maxDeniedInspections; delays += 1) {
      expect((await handleMessages(() => Promise.reject(error))).waitCount).toBe(delays);
      invoker.table.clock.advance(900);
    }
    await expect(handleMessages(() => Promise.reject(error))).rejects.toThrow();
    const reason = { code: 'object-access-denied', retryable: false };
    expect((await invoker.ledger.listJobs('failed')).jobs).toMatchObject([{ reason }]);
  });

  it('that ends its process each time is given up after some time', async () => {
    await receive(invoker.dependencies);
    invoker.table.clock.advance(maxInspectionMinutes * 60 + 1);
    await handleMessages(() => expect.unreachable('inspected'));
    expect(invoker.requests).toHaveLength(1);
  });

  it('does not continue a job that was cancelled meanwhile', async () => {
    await receive(invoker.dependencies);
    const [job] = (await invoker.ledger.listJobs('queued')).jobs;
    const cancel: SourceInspector = async () => {
      await invoker.ledger.advance(job?.jobId ?? '', { kind: 'cancelled', reason: someReason });
      return invoker.inspection;
    };
    for (const { message } of invoker.messages)
      await createInvoker(invoker.with({ inspect: cancel }))(message);
    expect((await invoker.ledger.listJobs('cancelled')).jobs).toHaveLength(1);
    expect(invoker.requests).toEqual([]);
  });
});
