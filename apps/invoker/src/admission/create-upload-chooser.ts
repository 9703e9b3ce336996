import { headUpload, type ObjectFacts, type ObjectStore } from '@fyrestream/cloud';
import {
  choiceSidecarKey,
  chooseMaking,
  FyrestreamError,
  type Making,
  maxKeyBytes,
  maxSidecarBytes,
  parseMetadataChoice,
  parseSidecarChoice,
  type Reason,
  reasonFrom,
  type StackProfiles,
  type Upload,
  type UploadChoice,
} from '@fyrestream/events';

/** How an upload is made, with the facts of its object. */
export interface ChosenUpload {
  readonly making: Making;
  readonly object: ObjectFacts;
}

/** The choice, or why there is none. */
export type Choice = ChosenUpload | { readonly refusal: Reason };

export type UploadChooser = (upload: Upload) => Promise<Choice>;

/** What a retry alone does not resolve. */
const refusals = new Set(['object-missing', 'profile-unknown', 'options-invalid']);

/** Chooses how an upload is made, by its metadata, the sidecar beside it and the rules of the stack. */
export function createUploadChooser(
  store: Pick<ObjectStore, 'head' | 'readRange'>,
  profiles: StackProfiles,
): UploadChooser {
  return async function choose(upload) {
    try {
      const object = await headUpload(store, upload);
      const metadata = parseMetadataChoice(object.metadata);
      const isComplete = metadata.profile !== undefined && metadata.options !== undefined;
      const sidecar = isComplete ? {} : await readSidecar(store, upload);
      return { making: chooseMaking(upload, { metadata, sidecar }, profiles), object };
    } catch (error) {
      if (error instanceof FyrestreamError && refusals.has(error.code)) return { refusal: reasonFrom(error) };
      throw error;
    }
  };
}

/** What the sidecar says; nothing if there is none. */
async function readSidecar(
  store: Pick<ObjectStore, 'head' | 'readRange'>,
  { bucket, key: uploadKey }: Upload,
): Promise<UploadChoice> {
  const key = choiceSidecarKey(uploadKey);
  if (Buffer.byteLength(key) > maxKeyBytes) return {};
  const object = await store.head({ bucket, key });
  if (object === null) return {};
  const lastByte = Math.min(object.sizeBytes - 1, maxSidecarBytes);
  return parseSidecarChoice(
    // S3 has no range of an empty object.
    lastByte < 0 ? new Uint8Array() : await store.readRange({ bucket, key }, 0, lastByte),
  );
}
