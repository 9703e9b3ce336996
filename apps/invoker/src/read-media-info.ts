import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import mediaInfoFactory from 'mediainfo.js';

/** What the task size depends on; null if the file does not contain it. */
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

/** A file that needs more reads is left to the worker. */
const maxReads = 60;
const chunkSizeBytes = 64 * 1024;

/** Reads duration and size of a media file with MediaInfo, by ranged reads; an unknown value is no failure. */
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
      if (reads > maxReads || wantedBytes <= 0 || offset >= sizeBytes) return new Uint8Array();
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
  return {
    durationSeconds: durationOf(tracks),
    width: numbersOf(tracks, 'Video', 'Width')[0] ?? null,
    height: numbersOf(tracks, 'Video', 'Height')[0] ?? null,
  };
}

/** The duration of a Matroska file is the end time of its last block; its first block may start at any time, such as the time of day. */
function durationOf(tracks: readonly object[]): number | null {
  const [duration] = numbersOf(tracks, 'General', 'Duration');
  if (duration === undefined) return null;
  const isMatroska = /^(Matroska|WebM)$/i.test(String(fieldsOf(tracks, 'General', 'Format')[0]));
  const starts = [...numbersOf(tracks, 'Video', 'Delay'), ...numbersOf(tracks, 'Audio', 'Delay')];
  const start = isMatroska && starts.length > 0 ? Math.min(...starts) : 0;
  return duration > start ? duration - start : duration;
}

/** Positive numbers of a field, in the order of the tracks that have it. */
function numbersOf(tracks: readonly object[], type: string, name: string): number[] {
  return fieldsOf(tracks, type, name)
    .map(Number)
    .filter((value) => Number.isFinite(value) && value > 0);
}

function fieldsOf(tracks: readonly object[], type: string, name: string): unknown[] {
  return tracks
    .filter((track) => '@type' in track && track['@type'] === type)
    .map((track) => (track as Record<string, unknown>)[name]);
}

/** The WebAssembly module is beside the bundle; when run from source it is in its package. */
function locateModule(fileName: string): string {
  const besideBundle = fileURLToPath(new URL(fileName, import.meta.url));
  return existsSync(besideBundle)
    ? besideBundle
    : fileURLToPath(import.meta.resolve(`mediainfo.js/${fileName}`));
}
