import { jobIdOf, type Upload, uploadKey } from '@fyrestream/events';
import { sourceBucket, type World } from './create-world.ts';
import type { Invariants } from './invariants.ts';
import { notificationOf } from './services/s3-notification.ts';
import type { Content } from './simulated-media.ts';
import type { Simulation } from './simulated-process.ts';

/** What people do to a pipeline: they upload, upload again under the same name, cancel, retry. */
export function performUserActions(simulation: Simulation, world: World, invariants: Invariants): void {
  const { time, random, faults, trace } = simulation;
  let sequence = 0x0055aed6dc;

  const upload = (key: string, content: Content) => {
    sequence += random.between(1, 1_000);
    // The same file sent again has the same bytes.
    const body = `${content} ${random.between(1, 2)}`;
    const object = world.buckets.put({ bucket: sourceBucket, key }, body, 'person');
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
    const isNotified = !random.chance(faults.rates.lose);
    invariants.onUpload(upload, content, isNotified);
    trace(() => `person uploads ${key}: ${content}, job ${jobIdOf(upload)}`);
    if (!isNotified) return;
    world.uploads.send(
      notificationOf(upload, { ...object, sequencer: upload.sequencer ?? '', at }),
      random.between(50, 2_000),
    );
    if (random.chance(0.1)) intervene(jobIdOf(upload));
  };
  const intervene = (jobId: string) => {
    const act = random.pick(['cancel', 'retry'] as const);
    time.after(random.between(1_000, 200_000), () =>
      world.start(`person-${act}s`, async (self) => {
        if (faults.isStopped()) return;
        invariants.onIntervention(jobId);
        const ledger = world.ledgerFor(self);
        if ((await ledger.readJob(jobId)) === null) return;
        if (act === 'retry') await ledger.advance(jobId, { kind: 'retried' });
        else {
          const reason = { code: 'cancelled', message: 'Somebody cancelled it.', retryable: false };
          await ledger.advance(jobId, { kind: 'cancelled', reason });
        }
      }),
    );
  };

  const uploadsAtWorst = random.pick([0, 0, 1, 3]);
  let atWorst = 0;
  invariants.watchPublications((key) => {
    if (atWorst >= uploadsAtWorst || faults.isStopped()) return;
    atWorst += 1;
    time.after(random.between(0, 2_000), () => upload(key, random.pick(['fine', 'fine', 'poison'] as const)));
  });

  const keys = random.pick([1, 1, 1, 2]);
  for (let number = 1; number <= keys; number++) {
    const versions = random.pick([1, 1, 2, 2, 3]);
    let at = 0;
    for (let version = 1; version <= versions; version++) {
      at += random.pick([200, 5_000, 60_000, 200_000]) * random.next();
      const content = random.pick([
        'fine',
        'fine',
        'fine',
        'fine',
        'long',
        'poison',
        'stubborn',
        'empty',
        'dear',
      ] as const);
      time.after(at, () => upload(uploadKey(`${number}.mov`), content));
    }
  }
}

/** Somebody looks at what is held and lets it go on. */
export function releaseHeld(world: World, jobIds: readonly string[]): void {
  for (const jobId of jobIds) {
    world.start('person-releases', async (self) => {
      await world.ledgerFor(self).advance(jobId, { kind: 'released' });
    });
  }
}
