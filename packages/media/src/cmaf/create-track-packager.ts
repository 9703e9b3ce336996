import { crc32 } from 'node:zlib';
import { initFileName, segmentFileName } from '@fyrestream/events';
import { z } from 'zod';
import type { AudioRole } from '../facts/audio-role.ts';
import { MediaRefusal } from '../media-refusal.ts';
import { createAudioSegmenter } from './audio-segmenter.ts';
import { createBoxStream, type StreamedBox } from './box-stream.ts';
import { packagingError } from './packaging-error.ts';
import type { Rational } from './rational.ts';
import { type Fragment, readFragment } from './read-fragment.ts';
import { type InitFacts, readInit } from './read-init.ts';
import { resetDisplayMatrix } from './reset-display-matrix.ts';
import { createSegmentGrid, type SegmentGrid } from './segment-grid.ts';
import type { CutSegment, Segmenter } from './segmenter.ts';
import { type Segment, type TrackManifest, trackManifestSchema } from './track-manifest.ts';
import { createVideoSegmenter } from './video-segmenter.ts';
import { concatenateBytes } from './write-box.ts';

export interface TrackPackagerOptions {
  /** The folder of the track's files, e.g. `h264-1080`. */
  readonly trackId: string;
  readonly kind: 'video' | 'audio';
  /** A whole number of GOPs, e.g. 180180/30000 for three GOPs of 60 frames at 29.97 per second. */
  readonly segmentDurationSeconds: Rational;
  /** BCP 47. */
  readonly language?: string | null;
  /** The name in a player's menu. */
  readonly name?: string | null;
  /** Role of an audio track; `main` by default. */
  readonly role?: AudioRole;
  /**
   * The number of the first segment: 1, or higher for a later unit of a longer track. The unit's stream starts at zero
   * all the same; its times are moved to the start of that segment.
   */
  readonly firstSegmentNumber?: number;
}

/** A complete file of the track; it does not change any more. */
export interface PackagedFile {
  readonly kind: 'init' | 'segment';
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface TrackPackager {
  /**
   * Takes the next bytes of the stream, which the caller must not change afterwards, and returns the files they
   * complete.
   */
  push(chunk: Uint8Array): PackagedFile[];
  /** The media time of the bytes taken so far, in seconds: as far as the last whole fragment. */
  takenSeconds(): number;
  /** Ends the stream and returns the last segment. */
  end(): PackagedFile[];
  /** Describes the packaged files; call it after `end`. */
  manifest(): TrackManifest;
}

/**
 * Turns the fragmented MP4 stream of one rendition or audio track into CMAF files during the encode. Buffers at most
 * one segment, what follows it until that is long enough for a last segment, and one fragment. The stream must start at zero
 * and have no gaps.
 * @throws FyrestreamError `packaging-failed` from each method, if the stream is invalid
 * @throws MediaRefusal `no-decodable-stream` if it has no media
 */
export function createTrackPackager(options: TrackPackagerOptions): TrackPackager {
  const boxes = createBoxStream();
  const firstSegmentNumber = options.firstSegmentNumber ?? 1;
  const segments: (Omit<Segment, 'durationTicks'> & { endTicks: number })[] = [];
  let heldBoxes: Uint8Array[] = [];
  let track: { init: InitFacts; initBytes: Uint8Array; segmenter: Segmenter; startTicks: number } | null =
    null;
  let nextDecodeTicks = 0;
  let isEnded = false;

  function takeBox({ type, bytes }: StreamedBox): PackagedFile[] {
    // Other boxes between fragments (styp, sidx, mfra) describe the encoder's fragments and are dropped.
    if (type === 'ftyp' || type === 'moof') {
      heldBoxes = [bytes];
    } else if (type === 'moov') {
      return [openTrack(concatenateBytes([...heldBoxes, bytes]))];
    } else if (type === 'mdat') {
      const fragmentBytes = concatenateBytes([...heldBoxes, bytes]);
      heldBoxes = [];
      return takeFragment(fragmentBytes);
    }
    return [];
  }

  function openTrack(movieBytes: Uint8Array): PackagedFile {
    if (track !== null) throw packagingError(`The stream of ${options.trackId} has a second moov box.`);
    heldBoxes = [];
    const init = readInit(movieBytes);
    const initBytes = init.media.kind === 'video' ? resetDisplayMatrix(movieBytes) : movieBytes;
    if (init.media.kind !== options.kind) {
      throw packagingError(`The stream of ${options.trackId} is ${init.media.kind}, not ${options.kind}.`);
    }
    const grid = createSegmentGrid(options.segmentDurationSeconds, init.timescale);
    const startTicks = grid.startTicks(firstSegmentNumber - 1);
    track = { init, initBytes, startTicks, segmenter: createSegmenter(grid, init, startTicks) };
    return { kind: 'init', fileName: initFileName, bytes: initBytes };
  }

  function takeFragment(bytes: Uint8Array): PackagedFile[] {
    if (track === null)
      throw packagingError(`The stream of ${options.trackId} has media before its moov box.`);
    const fragment: Fragment = readFragment(bytes, track.init);
    if (fragment.decodeTicks !== nextDecodeTicks) {
      throw packagingError(
        `The stream of ${options.trackId} has a fragment at tick ${fragment.decodeTicks} instead of ${nextDecodeTicks}.`,
      );
    }
    nextDecodeTicks = fragment.endDecodeTicks;
    return track.segmenter.push(fragment).map((segment) => nameSegment(segment));
  }

  function nameSegment({ bytes, ...segment }: CutSegment): PackagedFile {
    const fileName = segmentFileName(firstSegmentNumber + segments.length);
    const dueTicks = segments.length === 0 ? track?.startTicks : segment.startTicks;
    if (segment.startTicks !== dueTicks || segment.endTicks <= segment.startTicks) {
      throw packagingError(
        `Segment ${fileName} of ${options.trackId} lasts from tick ${segment.startTicks} to ${segment.endTicks}; a track must start at zero and every segment must have a duration.`,
      );
    }
    segments.push({ ...segment, fileName, sizeBytes: bytes.length });
    return { kind: 'segment', fileName, bytes };
  }

  return {
    push: (chunk) => boxes.push(chunk).flatMap(takeBox),
    takenSeconds: () => (track === null ? 0 : nextDecodeTicks / track.init.timescale),
    end() {
      boxes.end();
      if (track === null || nextDecodeTicks === 0) {
        // The encoder was given nothing: the stream of the source has no frame that can be decoded.
        throw new MediaRefusal(
          'no-decodable-stream',
          `The stream of ${options.trackId} ended without any media.`,
        );
      }
      if (heldBoxes.length > 0)
        throw packagingError(`The stream of ${options.trackId} ends after a moof box.`);
      isEnded = true;
      return track.segmenter.end().map((segment) => nameSegment(segment));
    },
    manifest() {
      if (track === null || !isEnded) {
        throw packagingError(`The manifest of ${options.trackId} was requested before its stream ended.`);
      }
      const { kind, ...media } = track.init.media;
      const described = trackManifestSchema.safeParse({
        version: 1,
        trackId: options.trackId,
        kind,
        ...media,
        timescale: track.init.timescale,
        mediaTimeOffsetTicks: track.init.mediaTimeOffsetTicks,
        language: options.language ?? null,
        name: options.name ?? null,
        ...(kind === 'audio' && { role: options.role ?? 'main' }),
        init: {
          fileName: initFileName,
          sizeBytes: track.initBytes.length,
          crc32: hexadecimalCrc32(track.initBytes),
        },
        segments: segments.map(({ endTicks, ...segment }, index) => ({
          ...segment,
          durationTicks: (segments[index + 1]?.startTicks ?? endTicks) - segment.startTicks,
        })),
        frameCount: segments.reduce((sum, { frameCount }) => sum + frameCount, 0),
      });
      if (described.success) return described.data;
      // Such as a sample entry of width 0.
      throw packagingError(
        `The stream of ${options.trackId} is not valid: ${z.prettifyError(described.error)}`,
      );
    },
  };
}

function createSegmenter(grid: SegmentGrid, init: InitFacts, startTicks: number): Segmenter {
  if (init.media.kind === 'video') {
    const offsetTicks = startTicks - init.mediaTimeOffsetTicks;
    return createVideoSegmenter(grid, { offsetTicks, shiftTicks: startTicks });
  }
  // Players use the duration of an edit on audio differently. The edit is not needed if the priming is trimmed before
  // encoding.
  if (init.mediaTimeOffsetTicks > 0 || startTicks > 0) {
    throw packagingError(
      'Audio is packaged in one unit and without an edit list: trim the priming before encoding.',
    );
  }
  return createAudioSegmenter(grid, init.trackNumber);
}

/** Eight digits; two init segments count as equal if theirs are the same. */
function hexadecimalCrc32(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}
