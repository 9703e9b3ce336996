import type { UnitClaim } from '@fyrestream/events';
import type { AudioEnvelope, StoredReference } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { readReferenceCapture, type StoredReferenceCapture } from './stored-reference-capture.ts';

/** What files are compared with: the references of one or all encodes of a job. */
export interface ReferenceCaptures {
  /** The frame signatures of a branch, in the order of its units. */
  videoReferences(branchId: StoredReference['branchId']): StoredReference[];
  /** The envelope of an audio track; null if none was captured. */
  audioReference(trackId: string): AudioEnvelope | null;
}

export async function readReferenceCaptures(
  work: JobContext,
  encoders: readonly UnitClaim[],
): Promise<ReferenceCaptures> {
  const stored: StoredReferenceCapture[] = [];
  for (const encoder of encoders) stored.push(await readReferenceCapture(work, encoder));
  return {
    videoReferences(branchId) {
      let firstFrame = 0;
      return stored.flatMap(({ capture, references }) =>
        capture.video.flatMap((video) => {
          if (video.branchId !== branchId) return [];
          const bytes = references.get(branchId) ?? new Uint8Array();
          const reference = { ...video, firstFrame, bytes };
          firstFrame += video.frameCount;
          return [reference];
        }),
      );
    },
    audioReference(trackId) {
      for (const { capture, references } of stored) {
        const audio = capture.audio.find((candidate) => candidate.trackId === trackId);
        // A copy: a Uint16Array must begin at an even offset.
        const bytes = references.get(trackId)?.slice();
        if (audio && bytes) return { ...audio, peaks: new Uint16Array(bytes.buffer) };
      }
      return null;
    },
  };
}
