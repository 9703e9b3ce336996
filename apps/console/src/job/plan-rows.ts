import type { Plan } from '../api/views.ts';
import { formatBitrate } from '../format/quantities.ts';

export interface PlannedRung {
  readonly name: string;
  /** `1920×1080`; of a rung that is left out its short edge. */
  readonly picture: string;
  /** Null if it is left out. */
  readonly maximumBitrateBitsPerSecond: number | null;
  readonly isDropped: boolean;
  readonly why: string;
}

export interface PlannedTrack {
  readonly name: string;
  readonly kind: string;
  readonly details: string;
}

/** The rows of the plan: the rungs of each codec, the largest first, with those that are left out; then everything else. */
export function planRows(plan: Plan): { rungs: PlannedRung[]; tracks: PlannedTrack[] } {
  const made = plan.renditions.map(({ id, width, height, maximumBitrateBitsPerSecond, codec, why }) => ({
    ...{ codec, edge: Math.min(width, height), name: id, picture: `${width}×${height}` },
    ...{ maximumBitrateBitsPerSecond, isDropped: false, why },
  }));
  const dropped = plan.dropped.map(({ codec, shortEdgePixels, why }) => ({
    ...{ codec, edge: shortEdgePixels, name: `${codec}-${shortEdgePixels}`, picture: '' },
    ...{ maximumBitrateBitsPerSecond: null, isDropped: true, why },
  }));
  const codecs = [...new Set([...made, ...dropped].map(({ codec }) => codec))];
  return {
    rungs: codecs.flatMap((codec) =>
      [...made, ...dropped]
        .filter((rung) => rung.codec === codec)
        .toSorted((a, b) => b.edge - a.edge)
        .map(({ codec: _codec, edge: _edge, ...rung }) => rung),
    ),
    tracks: [
      ...plan.audio.map(({ id, name, language, bitrateBitsPerSecond }) => ({
        name: id,
        kind: 'audio',
        details: [name, language, formatBitrate(bitrateBitsPerSecond)].filter(Boolean).join(', '),
      })),
      ...plan.subtitles.map(({ id, name, language, why }) => ({
        name: id,
        kind: 'captions',
        details: [name, language, why].filter(Boolean).join(', '),
      })),
      ...plan.leftOut.map(({ streamIndex, kind, why }) => ({
        name: streamIndex === null ? kind : `stream ${streamIndex}`,
        kind: 'left out',
        details: why,
      })),
    ],
  };
}
