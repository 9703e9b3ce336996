import type { VideoTrackManifest } from '../cmaf/track-manifest.ts';
import type { FrameSize } from '../facts/source-facts.ts';
import type { Presentation } from '../playlists/presentation.ts';
import { keyFrameSpans } from '../playlists/track-times.ts';

/** Thumbnails for a player's seek bar: some key frames of one rendition, tiled on a few JPEGs. */
export interface SpritePlan {
  /** Number of key frames per tile. */
  readonly everyKeyFrames: number;
  readonly tileSize: FrameSize;
  readonly columns: number;
  readonly rows: number;
  /** How long each tile is shown, in order. */
  readonly tiles: readonly { startSeconds: number; endSeconds: number }[];
  readonly sheetCount: number;
  readonly why: string;
}

/** Wide enough to recognise a scene, small enough that a sheet of a hundred tiles has about 300 kB. */
const tileLongEdgePixels = 160;
const maxPerEdge = 10;
/** One tile every two seconds for videos up to a quarter of an hour, every 20 s for two hours. */
const maxTiles = 500;
const niceIntervals = [1, 2, 5, 10, 15, 30, 60];

/**
 * The rendition that sprites are made from: the smallest that is not smaller than a tile, in standard range, H.264
 * before others; undefined if there is no video in standard range.
 */
export function spriteSource({ video }: Presentation): VideoTrackManifest | undefined {
  const longEdge = ({ width, height }: VideoTrackManifest) => Math.max(width, height);
  const standard = video.filter(({ videoRange }) => videoRange === 'SDR');
  const plain = standard.filter(({ codec }) => codec.startsWith('avc1.'));
  const rising = (plain.length > 0 ? plain : standard).toSorted(
    (left, right) => longEdge(left) - longEdge(right),
  );
  return rising.find((track) => longEdge(track) >= tileLongEdgePixels) ?? rising.at(-1);
}

/** Plans the sprites of a finished track. Only key frames are used, so that only they are decoded. */
export function planSprites(track: VideoTrackManifest): SpritePlan {
  const spans = keyFrameSpans(track);
  const everyKeyFrames = intervalFor(spans.length);
  const chosen = spans.filter((_, index) => index % everyKeyFrames === 0);
  const last = spans.at(-1);
  const endTicks = last ? last.startTicks + last.durationTicks : 0;
  const tiles = chosen.map(({ startTicks }, index) => ({
    startSeconds: startTicks / track.timescale,
    endSeconds: (chosen[index + 1]?.startTicks ?? endTicks) / track.timescale,
  }));
  const columns = Math.min(maxPerEdge, Math.ceil(Math.sqrt(tiles.length)));
  const rows = Math.min(maxPerEdge, Math.ceil(tiles.length / columns));
  const reported = everyKeyFrames === 1 ? 'every key frame' : `one key frame in ${everyKeyFrames}`;
  return {
    ...{ everyKeyFrames, tileSize: tileSizeOf(track), columns, rows, tiles },
    sheetCount: Math.ceil(tiles.length / (columns * rows)),
    why: `${reported} of ${track.trackId}: ${tiles.length} tiles for ${(endTicks / track.timescale).toFixed(1)} s, at most ${maxTiles}`,
  };
}

function intervalFor(keyFrameCount: number): number {
  const min = Math.ceil(keyFrameCount / maxTiles);
  return niceIntervals.find((interval) => interval >= min) ?? min;
}

/** Not larger than the rendition; even, as the rendition is. */
function tileSizeOf({ width, height }: VideoTrackManifest): FrameSize {
  const scale = Math.min(1, tileLongEdgePixels / Math.max(width, height));
  const even = (pixels: number) => Math.max(2, 2 * Math.round((pixels * scale) / 2));
  return { width: even(width), height: even(height) };
}
