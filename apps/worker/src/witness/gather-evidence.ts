import type { EncodeEvidence, SoundEnvelope, StoredReference } from '@fyrestream/media';
import type { GatheredTracks } from '../stages/gather-tracks.ts';
import type { WorkOnJob } from '../worker.ts';
import { readEvidence, type StoredEvidence } from './stored-evidence.ts';

/** What all encodes of a job saw, by the claims that won. */
export interface GatheredEvidence {
  readonly units: readonly EncodeEvidence[];
  /** A branch's own frames, unit by unit. */
  pictureReferences(branchId: StoredReference['branchId']): StoredReference[];
  /** A track's own samples; null where nothing is known of them. */
  soundReference(trackId: string): SoundEnvelope | null;
}

export async function gatherEvidence(
  work: WorkOnJob,
  { encoders }: GatheredTracks,
): Promise<GatheredEvidence> {
  const stored: StoredEvidence[] = [];
  for (const encoder of encoders) stored.push(await readEvidence(work, encoder));
  return {
    units: stored.map(({ evidence }) => evidence),
    pictureReferences(branchId) {
      let firstFrame = 0;
      return stored.flatMap(({ evidence, references }) =>
        evidence.pictures.flatMap((picture) => {
          if (picture.branchId !== branchId) return [];
          const bytes = references.get(branchId) ?? new Uint8Array();
          const reference = { ...picture, firstFrame, bytes };
          firstFrame += picture.frameCount;
          return [reference];
        }),
      );
    },
    soundReference(trackId) {
      for (const { evidence, references } of stored) {
        const sound = evidence.sounds.find((candidate) => candidate.trackId === trackId);
        // A copy of its own: 16-bit numbers must begin at an even place in memory.
        const bytes = references.get(trackId)?.slice();
        if (sound && bytes) return { ...sound, peaks: new Uint16Array(bytes.buffer) };
      }
      return null;
    },
  };
}
