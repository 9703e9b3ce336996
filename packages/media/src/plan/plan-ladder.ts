import type { CodecLadder, LadderRung } from '@fyrestream/events';
import type { FrameSize } from '../facts/source-facts.ts';
import type { DroppedRung, PlannedRendition, VideoCodec } from './encode-plan.ts';

export interface LadderSource {
  /** Upright with square pixels. */
  displaySize: FrameSize;
  codec: string | null;
  /** Of the video stream; null if the file has none. */
  bitrateBitsPerSecond: number | null;
}

/** A rung whose ceiling is above this share of its upper neighbour's is no useful alternative. */
const closestShareOfUpper = 0.7;

/**
 * Below this share of a rung's own ceiling the source's bitrate is not followed: containers may have a wrong bitrate
 * (fragmented files, damaged durations), and the outputs would look broken.
 */
const minShareOfOwnCeiling = 0.1;

/** Even video of a few pixels has headers. */
const minCeilingBitsPerSecond = 20_000;

/** SVT-AV1 refuses smaller video. */
const minEdgePixels: Record<VideoCodec, number> = { h264: 2, hevc: 16, av1: 64 };

/**
 * If the largest fitting rung is below this share of the source's short edge, the source would lose too much detail.
 */
const minShareOfSource = 0.9;

/**
 * The rungs of a ladder that a source gets. Nothing is upscaled: the short edge decides. A source between two rungs,
 * well above the lower one, gets the upper one at its own size; so does a source smaller than every rung. Ceilings
 * follow the source's bitrate and strictly decrease.
 */
export function planLadder(
  source: LadderSource,
  ladder: CodecLadder,
): { renditions: Omit<PlannedRendition, 'dynamicRange'>[]; dropped: DroppedRung[] } {
  const { codec, speed } = ladder;
  const renditions: Omit<PlannedRendition, 'dynamicRange'>[] = [];
  const dropped: DroppedRung[] = [];
  const sourceEdge = Math.min(source.displaySize.width, source.displaySize.height);
  for (const rung of ladder.rungs.filter(({ shortEdgePixels }) => shortEdgePixels > sourceEdge)) {
    const why = `the source's short edge is ${sourceEdge}: it would be upscaled`;
    dropped.push({ codec, shortEdgePixels: rung.shortEdgePixels, reason: 'would-upscale', why });
  }
  for (const { rung, place } of candidateRungs(ladder, sourceEdge)) {
    const drop = (reason: DroppedRung['reason'], why: string) =>
      dropped.push({ codec, shortEdgePixels: rung.shortEdgePixels, reason, why });
    const size = scaledSize(source.displaySize, rung.shortEdgePixels);
    if (Math.min(size.width, size.height) < minEdgePixels[codec]) {
      drop('below-codec-minimum', `${codec} needs edges of at least ${minEdgePixels[codec]} pixels`);
      continue;
    }
    const { bitsPerSecond, why } = planCeiling(source, codec, rung, size);
    const upper = renditions.at(-1);
    if (upper && bitsPerSecond > upper.maximumBitrateBitsPerSecond * closestShareOfUpper) {
      const share = (bitsPerSecond / upper.maximumBitrateBitsPerSecond).toFixed(2);
      drop(
        'too-close-to-upper',
        `its ceiling is ${share} of that of ${upper.id}; above ${closestShareOfUpper} it is no useful alternative`,
      );
      continue;
    }
    renditions.push({
      id: `${codec}-${rung.shortEdgePixels}`,
      codec,
      ...size,
      constantRateFactor: rung.constantRateFactor,
      maximumBitrateBitsPerSecond: bitsPerSecond,
      speed,
      why: `${place}; ${why}`,
    });
  }
  return { renditions, dropped };
}

interface CandidateRung {
  rung: LadderRung;
  /** How it relates to the source, in words. */
  place: string;
}

/**
 * The rungs that fit into the source; the first one has the source's own size if the largest fitting rung is much
 * smaller.
 */
function candidateRungs({ rungs }: CodecLadder, sourceEdge: number): CandidateRung[] {
  const fitting = rungs.filter(({ shortEdgePixels }) => shortEdgePixels <= sourceEdge);
  const candidates = fitting.map((rung) => ({
    rung,
    place: `short edge ${rung.shortEdgePixels} of ${sourceEdge} in the source`,
  }));
  const above = rungs.findLast(({ shortEdgePixels }) => shortEdgePixels > sourceEdge);
  const best = fitting[0]?.shortEdgePixels;
  if (!above || (best !== undefined && best >= sourceEdge * minShareOfSource)) return candidates;
  const shortEdgePixels = evenBelow(sourceEdge);
  const share = bitrateShare((shortEdgePixels / above.shortEdgePixels) ** 2);
  const ceiling = Math.max(minCeilingBitsPerSecond, above.maximumBitrateBitsPerSecond * share);
  const place =
    best === undefined
      ? `the source is smaller than every rung: one at its own size, ${sourceEdge}`
      : `${sourceEdge} is between ${best} and ${above.shortEdgePixels}, and ${best} is less than ${minShareOfSource} of it: a rung at its own size`;
  return [
    { rung: { ...above, shortEdgePixels, maximumBitrateBitsPerSecond: Math.round(ceiling) }, place },
    ...candidates,
  ];
}

/**
 * The size with the given short edge: 4:2:0 needs even edges, the aspect ratio changes by at most one pixel, and no
 * edge is longer than that of the source (but at least 2 x 2).
 */
export function scaledSize({ width, height }: FrameSize, shortEdgePixels: number): FrameSize {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const nearestEven = 2 * Math.round((long * shortEdgePixels) / short / 2);
  const longEdge = Math.max(shortEdgePixels, Math.min(nearestEven, evenBelow(long)));
  return width < height
    ? { width: shortEdgePixels, height: longEdge }
    : { width: longEdge, height: shortEdgePixels };
}

function evenBelow(pixels: number): number {
  return Math.max(2, 2 * Math.floor(pixels / 2));
}

function planCeiling(source: LadderSource, codec: VideoCodec, rung: LadderRung, size: FrameSize) {
  const own = rung.maximumBitrateBitsPerSecond;
  const kilobits = (bits: number) => `${Math.round(bits / 1000)} kb/s`;
  if (source.bitrateBitsPerSecond === null || source.bitrateBitsPerSecond <= 0) {
    return { bitsPerSecond: own, why: `ceiling ${kilobits(own)}, the source's bitrate is unknown` };
  }
  const factor = bitsNeeded(codec) / bitsNeeded(source.codec);
  const sourcePixels = source.displaySize.width * source.displaySize.height;
  const pixelShare = Math.min(1, (size.width * size.height) / sourcePixels);
  const following = source.bitrateBitsPerSecond * factor * bitrateShare(pixelShare);
  const floor = own * minShareOfOwnCeiling;
  const bitsPerSecond = Math.round(Math.max(floor, Math.min(own, following)));
  if (bitsPerSecond === own) return { bitsPerSecond, why: `ceiling ${kilobits(own)}, the rung's own` };
  const reported = `${kilobits(source.bitrateBitsPerSecond)} of ${source.codec ?? 'unknown'}`;
  const reason =
    following < floor
      ? `a tenth of the rung's own; the source has ${reported}`
      : `follows the source's ${reported}`;
  return { bitsPerSecond, why: `ceiling ${kilobits(bitsPerSecond)}, ${reason}` };
}

/** Fewer pixels need fewer bits, but more bits per pixel, as neighbouring pixels differ more. */
function bitrateShare(pixelShare: number): number {
  return pixelShare ** 0.75;
}

/**
 * Relative bitrate for the same quality, with H.264 as 1; rounded from published comparisons; for mezzanine codecs from
 * their usual bitrates.
 */
function bitsNeeded(codec: string | null): number {
  const known: Record<string, number> = { av1: 0.5, hevc: 0.6, vp9: 0.65, vp8: 1.1, h264: 1 };
  const older: Record<string, number> = {
    mpeg4: 1.5,
    h263: 1.8,
    wmv3: 1.3,
    vc1: 1.2,
    mpeg2video: 2,
    mpeg1video: 2.2,
  };
  const intraOnly: Record<string, number> = {
    mjpeg: 5,
    prores: 6,
    dnxhd: 6,
    dvvideo: 5,
    ffv1: 12,
    rawvideo: 30,
  };
  return { ...known, ...older, ...intraOnly }[codec ?? ''] ?? 1;
}
