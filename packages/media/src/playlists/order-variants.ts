import type { VideoTrackManifest } from '../cmaf/track-manifest.ts';
import { codecRank } from './codec-rank.ts';
import { measureBandwidth } from './measure-bandwidth.ts';

/** Apple's authoring rules make the variant of about 2000 kbit/s the default one. */
const startBitsPerSecond = 2_000_000;

/**
 * The order of variants in a master playlist: SDR H.264 before HEVC before AV1, each from the highest bitrate down. The
 * first one is the best H.264 variant of at most 2 Mbit/s, because players without a bandwidth estimate start with the
 * first.
 */
export function orderVariants(tracks: readonly VideoTrackManifest[]): VideoTrackManifest[] {
  const measured = tracks.map((track) => ({ track, ...measureBandwidth(track) }));
  measured.sort(
    (left, right) =>
      codecRank(left.track.codec) - codecRank(right.track.codec) ||
      Number(left.track.videoRange !== 'SDR') - Number(right.track.videoRange !== 'SDR') ||
      right.averageBitsPerSecond - left.averageBitsPerSecond,
  );
  const [best] = measured;
  if (best === undefined) return [];
  const alike = measured.filter(
    ({ track }) =>
      codecRank(track.codec) === codecRank(best.track.codec) && track.videoRange === best.track.videoRange,
  );
  const start =
    alike.find(({ averageBitsPerSecond }) => averageBitsPerSecond <= startBitsPerSecond) ??
    alike.at(-1) ??
    best;
  return [start, ...measured.filter((variant) => variant !== start)].map(({ track }) => track);
}
