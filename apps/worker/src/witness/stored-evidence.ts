import { unitPrefix } from '@fyrestream/events';
import { type EncodeEvidence, encodeEvidenceSchema } from '@fyrestream/media';
import { workDelivery } from '../delivery.ts';
import type { Winner } from '../stored-unit.ts';
import type { WorkOnJob } from '../worker.ts';

/** What a unit's encode saw, with the bytes of its references: a branch's stamps, a track's envelope. */
export interface StoredEvidence {
  readonly evidence: EncodeEvidence;
  readonly references: ReadonlyMap<string, Uint8Array>;
}

const folder = 'evidence/';
const fileName = 'evidence.json';

/** Leaves the evidence of a unit beside its segments, for whoever verifies them. */
export async function storeEvidence(
  { store, settings }: WorkOnJob,
  unit: Winner,
  { evidence, references }: StoredEvidence,
): Promise<void> {
  for (const [name, bytes] of references) {
    await store.put({ bucket: settings.outputBucket, key: keyOf(unit, name) }, bytes, workDelivery);
  }
  const address = { bucket: settings.outputBucket, key: keyOf(unit, fileName) };
  await store.put(address, JSON.stringify(evidence), workDelivery);
}

export async function readEvidence({ store, settings }: WorkOnJob, unit: Winner): Promise<StoredEvidence> {
  const addressOf = (name: string) => ({ bucket: settings.outputBucket, key: keyOf(unit, name) });
  const evidence = encodeEvidenceSchema.parse(JSON.parse(await store.readText(addressOf(fileName))));
  const names = [
    ...evidence.pictures.map(({ branchId }) => branchId),
    ...evidence.sounds.map(({ trackId }) => trackId),
  ];
  const references = new Map<string, Uint8Array>();
  for (const name of names) {
    const sizeBytes = (await store.head(addressOf(name)))?.sizeBytes ?? 0;
    references.set(
      name,
      sizeBytes > 0 ? await store.readRange(addressOf(name), 0, sizeBytes - 1) : new Uint8Array(),
    );
  }
  return { evidence, references };
}

function keyOf({ jobId, unitId, token }: Winner, name: string): string {
  return unitPrefix(jobId, unitId, token) + folder + name;
}
