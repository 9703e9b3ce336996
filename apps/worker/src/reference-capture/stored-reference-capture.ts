import { referenceCaptureKey, referenceFileKey, type UnitClaim } from '@fyrestream/events';
import { type ReferenceCapture, referenceCaptureSchema } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { workFileHeaders } from '../object-headers.ts';

/** The reference capture of a unit, with the bytes of its references: frame signatures of a branch, envelope of an audio track. */
export interface StoredReferenceCapture {
  readonly capture: ReferenceCapture;
  readonly references: ReadonlyMap<string, Uint8Array>;
}

/** Stores the reference capture of a unit beside its segments; the assembly verifies them with it. */
export async function storeReferenceCapture(
  { store, settings }: JobContext,
  unit: UnitClaim,
  { capture, references }: StoredReferenceCapture,
): Promise<void> {
  for (const [name, bytes] of references) {
    await store.put(
      { bucket: settings.outputBucket, key: referenceFileKey(unit, name) },
      bytes,
      workFileHeaders,
    );
  }
  const address = { bucket: settings.outputBucket, key: referenceCaptureKey(unit) };
  await store.put(address, JSON.stringify(capture), workFileHeaders);
}

export async function readReferenceCapture(
  work: JobContext,
  unit: UnitClaim,
): Promise<StoredReferenceCapture> {
  const { store, settings } = work;
  const capture = await readCapture(work, unit);
  const names = [
    ...capture.video.map(({ branchId }) => branchId),
    ...capture.audio.map(({ trackId }) => trackId),
  ];
  const references = new Map<string, Uint8Array>();
  for (const name of names) {
    const address = { bucket: settings.outputBucket, key: referenceFileKey(unit, name) };
    const sizeBytes = (await store.head(address))?.sizeBytes ?? 0;
    references.set(name, sizeBytes > 0 ? await store.readRange(address, 0, sizeBytes - 1) : new Uint8Array());
  }
  return { capture, references };
}

/** Without the references, which are large. */
export async function readCapture(
  { store, settings }: JobContext,
  unit: UnitClaim,
): Promise<ReferenceCapture> {
  const text = await store.readText({ bucket: settings.outputBucket, key: referenceCaptureKey(unit) });
  return referenceCaptureSchema.parse(JSON.parse(text));
}
