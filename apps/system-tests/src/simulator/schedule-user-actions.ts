import { acceptingStatuses, jobIdOf, type Upload, uploadKey } from '@fyrestream/events';
import type { Crowd } from './draw-crowd.ts';
import type { InvariantChecker } from './invariant-checker.ts';
import { createS3Notification } from './services/create-s3-notification.ts';
import { type SimulatedPipeline, sourceBucket } from './simulated-pipeline.ts';
import type { Simulation } from './simulation.ts';
import type { UploadContent } from './upload-content.ts';

/** Schedules what users do: upload files, upload again under the same key, cancel and retry jobs; or a crowd of uploads. */
export function scheduleUserActions(
  simulation: Simulation,
  pipeline: SimulatedPipeline,
  invariants: InvariantChecker,
  crowd: Crowd | null,
): void {
  const { time, random, faults, trace } = simulation;
  let sequence = 0x0055aed6dc;

  const upload = (key: string, content: UploadContent) => {
    sequence += random.between(1, 1_000);
    // Two bodies only, so that some versions of a key have the same bytes and so the same ETag.
    const body = `${content} ${random.between(1, 2)}`;
    const object = pipeline.buckets.put({ bucket: sourceBucket, key }, body, 'user');
    const at = new Date(time.now()).toISOString();
    const upload: Upload = {
      bucket: sourceBucket,
      key,
      versionId: object.versionId,
      etag: object.etag,
      sizeBytes: object.sizeBytes,
      sequencer: sequence.toString(16).padStart(16, '0'),
      uploadedAt: at,
    };
    const isNotified = !random.chance(faults.rates.loseMessage);
    invariants.onUpload(upload, content, isNotified);
    trace(() => `user uploads ${key}: ${content}, job ${jobIdOf(upload)}`);
    if (!isNotified) return;
    pipeline.uploads.send(
      createS3Notification(upload, { ...object, sequencer: upload.sequencer ?? '', at }),
      random.between(50, 2_000),
    );
    if (crowd === null && random.chance(0.2)) cancelOrRetry(jobIdOf(upload));
  };
  const cancelOrRetry = (jobId: string) => {
    const actions = random.pick([['cancel'], ['retry'], ['cancel', 'retry']] as const);
    let delay = random.between(1_000, 200_000);
    for (const action of actions) {
      time.after(delay, () => act(jobId, action));
      delay += random.pick([500, 3_000, 60_000]);
    }
  };
  const act = (jobId: string, action: 'cancel' | 'retry') =>
    pipeline.start(`user-${action}`, async (self) => {
      if (faults.isStopped()) return;
      invariants.onUserAction(jobId);
      const ledger = pipeline.ledgerFor(self);
      const job = await ledger.readJob(jobId);
      if (job === null) return;
      if (action === 'cancel') {
        const reason = { code: 'cancelled', message: 'A user cancelled the job.', retryable: false };
        await ledger.advance(jobId, { kind: 'cancelled', reason });
      } else if (acceptingStatuses.retried.includes(job.status)) {
        await ledger.reopenUnits(jobId);
        await ledger.advance(jobId, { kind: 'retried' });
      }
    });

  if (crowd !== null) {
    for (const path of crowd.paths)
      time.after(60_000 * random.next(), () => upload(uploadKey(path), 'valid'));
    return;
  }

  const maxUploadsDuringPublication = random.pick([0, 0, 1, 3]);
  let uploadsDuringPublication = 0;
  invariants.onPublicationStart((key) => {
    if (uploadsDuringPublication >= maxUploadsDuringPublication || faults.isStopped()) return;
    uploadsDuringPublication += 1;
    time.after(random.between(0, 2_000), () =>
      upload(key, random.pick(['valid', 'valid', 'undecodable'] as const)),
    );
  });

  const keys = random.pick([1, 1, 1, 2]);
  for (let number = 1; number <= keys; number++) {
    const versions = random.pick([1, 1, 2, 2, 3]);
    let at = 0;
    for (let version = 1; version <= versions; version++) {
      at += random.pick([200, 5_000, 60_000, 200_000]) * random.next();
      const content = random.pick([
        ...(['valid', 'valid', 'valid', 'valid', 'long'] as const),
        ...(['undecodable', 'always-failing', 'empty', 'expensive'] as const),
      ]);
      time.after(at, () => upload(uploadKey(`${number}.mov`), content));
    }
  }
}
