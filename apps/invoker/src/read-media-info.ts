import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import mediaInfoFactory from 'mediainfo.js';

/** What sizes a task; null where the file does not say. */
export interface MediaShape {
  readonly durationSeconds: number | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** @param readRange bytes from..to, both included */
export type MediaReader = (
  sizeBytes: number,
  readRange: (from: number, to: number) => Promise<Uint8Array>,
) => Promise<MediaShape>;

const unknown: MediaShape = { durationSeconds: null, width: null, height: null };

/** A file that takes more looks than this is left to the worker. */
const readsAllowed = 60;
const chunkSizeBytes = 64 * 1024;

/** Reads the shape of a media file with MediaInfo, seeking as it asks; what it cannot make out is no failure. */
export const readMediaInfo: MediaReader = async (sizeBytes, readRange) => {
  let reads = 0;
  let readFailure: unknown = null;
  const reader = await mediaInfoFactory({
    format: 'object',
    chunkSize: chunkSizeBytes,
    locateFile: locateModule,
  });
  try {
    const result = await reader.analyzeData(sizeBytes, async (wantedBytes, offset) => {
      reads += 1;
      if (reads > readsAllowed || wantedBytes <= 0 || offset >= sizeBytes) return new Uint8Array();
      try {
        return await readRange(offset, Math.min(sizeBytes, offset + wantedBytes) - 1);
      } catch (error) {
        readFailure = error;
        return new Uint8Array();
      }
    });
    if (readFailure !== null) throw readFailure;
    return shapeOf(result?.media?.track ?? []);
  } catch (error) {
    if (readFailure !== null) throw readFailure;
    if (error instanceof Error) return unknown;
    throw error;
  } finally {
    reader.close();
  }
};

function shapeOf(tracks: readonly object[]): MediaShape {
  const field = (type: string, name: string): number | null => {
    const track = tracks.find((candidate) => '@type' in candidate && candidate['@type'] === type);
    const value = Number((track as Record<string, unknown> | undefined)?.[name]);
    return Number.isFinite(value) && value > 0 ? value : null;
  };
  return {
    durationSeconds: field('General', 'Duration'),
    width: field('Video', 'Width'),
    height: field('Video', 'Height'),
  };
}

/** The module lies beside the bundle; from source it lies in its package. */
function locateModule(fileName: string): string {
  const besideBundle = fileURLToPath(new URL(fileName, import.meta.url));
  return existsSync(besideBundle)
    ? besideBundle
    : fileURLToPath(import.meta.resolve(`mediainfo.js/${fileName}`));
}
