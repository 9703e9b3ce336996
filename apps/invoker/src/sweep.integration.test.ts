import { jobIdOf, type Upload, versionPrefix } from '@fyrestream/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { admitInspected } from '../test/admit-inspected.ts';
import { startJob } from '../test/launched-job.ts';
import { openTestInvoker, someReason, type TestInvoker, uploadOf } from '../test/open-test-invoker.ts';
import { createJobForUpload } from './admission/create-job-for-upload.ts';
import { createInvoker } from './handler.ts';
import { sweep } from './sweep.ts';

const minute = 60;
const day = 86_400;

let invoker: TestInvoker;
beforeEach(async () => {
  invoker = await openTestInvoker();
});
afterEach(() => invoker.close());

const now = () => invoker.table.clock.now();
const run = () => sweep(invoker.dependencies);
/** Handles the messages that the invoker sent to itself. */
async function handleMessages(): Promise<void> {
  for (const { message } of invoker.messages.splice(0)) await createInvoker(invoker.dependencies)(message);
}

/** An object in the source bucket or the output bucket. */
function put(key: string, sizeBytes = 1_000): void {
  const lastModified = `${now().slice(0, 19)}.000Z`;
  invoker.objects.set(key, { key, sizeBytes, lastModified });
}

async function queuedKeys(): Promise<string[]> {
  const { jobs } = await invoker.ledger.listJobs('queued');
  return jobs.map(({ upload }) => upload.key).toSorted();
}

describe('a sweep', () => {
  it('launches a job before its time if there is capacity of which no event reported', async () => {
    const { jobId } = await admitInspected(invoker.dependencies, uploadOf('videos/a.mov'));
    const until = '2027-01-01T00:00:00.000Z';
    await invoker.ledger.advance(jobId, {
      ...{ kind: 'launch-deferred', attempt: 0, reason: someReason, until, capacity: 'spot' },
    });
    await run();
    expect(invoker.requests).toHaveLength(1);
  });

  it('launches a job that waits for a place and has lost its entry in the line', async () => {
    const { jobId } = await admitInspected(invoker.dependencies, uploadOf('videos/a.mov'));
    const step = { kind: 'place-awaited', attempt: 0, reason: someReason, capacity: 'spot' } as const;
    await invoker.ledger.advance(jobId, step);
    expect(await invoker.ledger.listLine()).toEqual([]);
    await run();
    expect(invoker.requests.map(({ startedBy }) => startedBy)).toEqual([jobId]);
  });

  it('does not admit an upload again whose edition was the last job of it, when the record of the first one is gone', async () => {
    put('videos/old.mov');
    const { etag, versionId } = { etag: 'etag', versionId: '1' };
    await invoker.ledger.recordUpload(uploadOf('videos/old.mov', { etag, versionId, edition: 3 }));
    invoker.table.clock.advance(10 * minute);
    await run();
    expect(await queuedKeys()).toEqual([]);
    put('videos/new.mov');
    invoker.table.clock.advance(10 * minute);
    await run();
    expect(await queuedKeys()).toEqual(['videos/new.mov']);
  });

  it('launches a queued job that no message launched', async () => {
    const { jobId } = await admitInspected(invoker.dependencies, uploadOf('videos/a.mov'));
    await run();
    expect(invoker.requests.map(({ startedBy }) => startedBy)).toEqual([jobId]);
  });

  it('publishes the pending events of a finished job', async () => {
    const { job } = await startJob(invoker, 'a.mov');
    await invoker.ledger.advance(job.jobId, { kind: 'failed', attempt: 1, reason: someReason });
    await run();
    expect(invoker.events.map(({ kind }) => kind)).toContain('job-failed');
    expect((await invoker.ledger.readJob(job.jobId))?.owed).toEqual([]);
  });

  it('ends a lost attempt and launches the next one when it is due', async () => {
    const { job } = await startJob(invoker, 'a.mov');
    invoker.table.clock.advance(11 * minute);
    await run();
    expect(await invoker.ledger.readJob(job.jobId)).toMatchObject({ status: 'queued', failureCount: 1 });
    invoker.table.clock.advance(minute);
    await run();
    expect(invoker.requests.map(({ startedBy }) => startedBy)).toEqual([job.jobId, job.jobId]);
  });

  it('does not launch a job that is cancelled after it was listed', async () => {
    const { jobId } = await admitInspected(invoker.dependencies, uploadOf('videos/a.mov'));
    const ledger: typeof invoker.ledger = {
      ...invoker.ledger,
      async listPhase(phase, options) {
        const jobs = await invoker.ledger.listPhase(phase, options);
        if (phase === 'delayed') {
          await invoker.ledger.advance(jobId, { kind: 'cancelled', reason: someReason });
        }
        return jobs;
      },
    };
    await sweep(invoker.with({ ledger }));
    expect(invoker.requests).toEqual([]);
  });

  it('continues after a failure, and throws it at the end so that its message is retried', async () => {
    const first = await admitInspected(invoker.dependencies, uploadOf('videos/a.mov'));
    const second = await admitInspected(invoker.dependencies, uploadOf('videos/b.mov'));
    const { launcher } = invoker.dependencies;
    const launch: typeof launcher.launch = async (request) => {
      if (request.startedBy === first.jobId) throw new Error('not reachable');
      return launcher.launch(request);
    };
    await expect(sweep(invoker.with({ launcher: { ...launcher, launch } }))).rejects.toThrow('not reachable');
    expect(invoker.requests.map(({ startedBy }) => startedBy)).toEqual([second.jobId]);
  });
});

describe('an upload that was not inspected', () => {
  it('is not inspected by the sweep, which sends a message for it', async () => {
    const { jobId } = await createJobForUpload(invoker.dependencies, uploadOf('videos/a.mov'));
    await sweep(invoker.with({ inspect: () => expect.unreachable('inspected inline') }));
    expect(invoker.messages).toEqual([{ message: { kind: 'job-due', jobId }, delaySeconds: 0 }]);
    await handleMessages();
    expect(invoker.requests).toHaveLength(1);
  });
});

describe('an upload whose event was lost', () => {
  it('does not stop the others: the next sweep continues after an upload on which this one ended', async () => {
    for (const name of ['a.mov', 'b.mov']) put(`videos/${name}`);
    for (let number = 0; number < 250; number += 1) put(`videos/${String(number).padStart(3, '0')}.srt`);
    invoker.table.clock.advance(3 * minute);
    const ends = new Promise<never>(() => {});
    const { store } = invoker.dependencies;
    const head: typeof store.head = async () => ends;
    // The first page has no videos; the sweep of the second one never ends.
    await run();
    void sweep(invoker.with({ store: { ...store, head } }));
    await expect.poll(() => invoker.ledger.readSweepCursor(), { timeout: 600_000 }).toBeNull();
    await run();
    await run();
    expect(await queuedKeys()).toEqual(['videos/a.mov', 'videos/b.mov']);
  });

  it('is admitted when it is older than two minutes, and launched', async () => {
    put('videos/a.mov');
    invoker.table.clock.advance(minute);
    await run();
    expect(await queuedKeys()).toEqual([]);
    invoker.table.clock.advance(2 * minute);
    await run();
    expect(await queuedKeys()).toEqual(['videos/a.mov']);
    await handleMessages();
    expect(invoker.requests).toHaveLength(1);
    await run();
    expect(invoker.requests).toHaveLength(1);
  });

  it('F06 is ignored if it is no upload', async () => {
    for (const key of ['videos/.hidden', 'videos/a.srt', 'other/a.mov']) put(key);
    put('videos/folder/', 0);
    invoker.table.clock.advance(3 * minute);
    await run();
    expect(await queuedKeys()).toEqual([]);
  });

  it('is not admitted if a newer version of its key is known', async () => {
    const newer = uploadOf('videos/a.mov', { versionId: '2', sequencer: null, uploadedAt: now() });
    put('videos/a.mov');
    invoker.table.clock.advance(3 * minute);
    await createJobForUpload(invoker.dependencies, { ...newer, uploadedAt: now() });
    await run();
    expect((await invoker.ledger.listJobs('queued')).jobs.map(({ jobId }) => jobId)).toEqual([
      jobIdOf(newer),
    ]);
  });

  it('is found in a large bucket after several sweeps', async () => {
    const settings = { ...invoker.settings, maxConcurrentTasks: 1 };
    for (let number = 0; number < 450; number += 1) put(`videos/${String(number).padStart(3, '0')}.srt`);
    put('videos/zzz.mov');
    invoker.table.clock.advance(3 * minute);
    for (let pass = 1; pass <= 3; pass += 1) {
      expect(await queuedKeys()).toEqual([]);
      await sweep(invoker.with({ settings }));
    }
    expect(await queuedKeys()).toEqual(['videos/zzz.mov']);
    expect(await invoker.ledger.readSweepCursor()).toBeNull();
  });
});

describe('a replaced version', () => {
  const key = 'videos/a.mov';
  const versions = ['0A', '0B'].map((sequencer) => uploadOf(key, { versionId: sequencer, sequencer }));
  const prefixOf = (upload: Upload) => versionPrefix(jobIdOf(upload), 1);

  /** Publishes both versions, the newer one last; the ledger has no job record of them any more. */
  async function publishBoth(): Promise<void> {
    for (const upload of versions) {
      await invoker.ledger.recordUpload(upload);
      await invoker.ledger.claimOutput(upload, 1);
      put(`${prefixOf(upload)}master.m3u8`);
    }
  }

  it('is removed after the retention time, not before', async () => {
    await publishBoth();
    invoker.table.clock.advance(6 * day);
    await run();
    expect(invoker.objects.size).toBe(2);
    invoker.table.clock.advance(2 * day);
    await run();
    expect([...invoker.objects.keys()]).toEqual([`${prefixOf(versions[1] as Upload)}master.m3u8`]);
    expect((await invoker.ledger.readOutput(key))?.retired).toEqual([]);
  });

  it('is kept while the publication of the new version is not complete', async () => {
    await publishBoth();
    const newest = versions[1] as Upload;
    await createJobForUpload(invoker.dependencies, newest);
    invoker.table.clock.advance(8 * day);
    await run();
    expect(invoker.objects.has(`${prefixOf(versions[0] as Upload)}master.m3u8`)).toBe(true);
  });
});
