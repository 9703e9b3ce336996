import { open, rm, truncate, writeFile } from 'node:fs/promises';
import { headUpload, type ObjectStore } from '@fyrestream/cloud';
import { FyrestreamError, type Upload } from '@fyrestream/events';
import type { FileParts, PidMove } from '@fyrestream/media';
import type { Scratch } from './create-scratch.ts';
import { forEachConcurrent } from './for-each-concurrent.ts';
import { movePids } from './moved-streams.ts';

/** The source on the scratch disk: downloaded when a stage first needs it, whole or in parts. */
export interface SourceFile {
  /**
   * @param pidMoves streams of a transport stream that are to be joined first
   * @throws FyrestreamError `object-missing` if the upload was deleted
   */
  fetch(signal: AbortSignal, pidMoves?: readonly PidMove[]): Promise<string>;
  /**
   * A file of the same size with these parts of the source, and no more, unless the source is on the disk already.
   * @throws FyrestreamError `object-missing` if the upload was deleted
   */
  fetchParts(signal: AbortSignal, parts: FileParts): Promise<{ path: string; isWhole: boolean }>;
}

/** A part is read in pieces, each from memory. */
const pieceBytes = 8 * 1024 * 1024;
const piecesAtOnce = 4;
/** Far more than a piece takes. */
const pieceMilliseconds = 60_000;
const maxTries = 5;

export function createSourceFile(store: ObjectStore, scratch: Scratch, upload: Upload): SourceFile {
  let path: string | null = null;
  let isMoved = false;
  const partial = { path: '', pieces: new Set<number>() };
  let last: Promise<unknown> = Promise.resolve();

  async function fetch(signal: AbortSignal, pidMoves: readonly PidMove[]): Promise<string> {
    if (path === null) {
      // A fixed name: the name of the upload must not appear in a command line.
      const target = await scratch.path('source');
      // The upload may have been deleted while its job waited.
      await headUpload(store, upload);
      // The disk need not hold the source twice.
      if (partial.path !== '') await rm(partial.path);
      partial.path = '';
      partial.pieces.clear();
      await store.download(upload, target, signal);
      path = target;
    }
    if (isMoved || pidMoves.length === 0) return path;
    const moved = path;
    // What an interruption leaves is no source any more.
    path = null;
    await movePids(moved, pidMoves, signal);
    isMoved = true;
    path = moved;
    return moved;
  }

  async function fetchParts(
    signal: AbortSignal,
    { sizeBytes, ranges }: FileParts,
  ): Promise<{ path: string; isWhole: boolean }> {
    if (path !== null) return { path, isWhole: true };
    if (partial.path === '') {
      const target = await scratch.path('source-parts');
      await headUpload(store, upload);
      await writeFile(target, '');
      await truncate(target, sizeBytes);
      partial.path = target;
    }
    const missing = [...piecesOf(ranges)].filter((piece) => !partial.pieces.has(piece));
    const file = await open(partial.path, 'r+');
    try {
      await forEachConcurrent(missing, piecesAtOnce, async (piece) => {
        const from = piece * pieceBytes;
        const to = Math.min(from + pieceBytes, sizeBytes);
        const bytes = await readPiece(store, upload, { from, to }, signal);
        await file.write(bytes, 0, bytes.length, from);
        partial.pieces.add(piece);
      });
    } finally {
      await file.close();
    }
    return { path: partial.path, isWhole: false };
  }

  /** One after the other: two units need the source at the same time. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }

  return {
    fetch: (signal, pidMoves = []) => inTurn(() => fetch(signal, pidMoves)),
    fetchParts: (signal, parts) => inTurn(() => fetchParts(signal, parts)),
  };
}

/** The numbers of all pieces that contain a part of these ranges. */
function piecesOf(ranges: FileParts['ranges']): Set<number> {
  const pieces = new Set<number>();
  for (const { from, to } of ranges) {
    for (let piece = Math.floor(from / pieceBytes); piece * pieceBytes < to; piece++) pieces.add(piece);
  }
  return pieces;
}

/** Tries again after a broken or silent connection. */
async function readPiece(
  store: ObjectStore,
  upload: Upload,
  { from, to }: FileParts['ranges'][number],
  signal: AbortSignal,
): Promise<Uint8Array> {
  for (let tries = 1; ; tries++) {
    signal.throwIfAborted();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(pieceMilliseconds)]);
    try {
      return await store.readRange(upload, from, to - 1, limit);
    } catch (error) {
      if (signal.aborted || error instanceof FyrestreamError || tries === maxTries) throw error;
    }
  }
}
