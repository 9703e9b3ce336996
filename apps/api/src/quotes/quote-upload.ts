import {
  countWorkers,
  estimateCost,
  fargatePrices,
  planLadder,
  type SourceEstimate,
  sizeTask,
  workOfSource,
} from '@fyrestream/media';
import type { z } from 'zod';
import type { ShownSettings } from '../services.ts';
import type { quoteView } from './quote-schema.ts';

type Quote = Omit<z.infer<typeof quoteView>, 'isCharged' | 'profile'>;

/** More units than any source has, so that a wrong duration takes no memory. */
const maxUnits = 100_000;

/** What a file would become and cost, as the invoker estimates it before the plan. */
export function quoteUpload(source: SourceEstimate, settings: ShownSettings, region: string): Quote {
  const { ladder, architecture, unitSeconds, costLimitUsd } = settings;
  const work = workOfSource(source, ladder);
  const rungs = ladder.ladders.map((codecLadder) =>
    planLadder(
      { displaySize: work.sourceSize ?? { width: 1, height: 1 }, codec: null, bitrateBitsPerSecond: null },
      codecLadder,
    ),
  );
  const size = sizeTask(work);
  const units = Math.max(1, Math.min(maxUnits, Math.ceil(work.durationSeconds / unitSeconds)));
  const parts = { units: Array.from({ length: units }, () => ({ kind: 'video' as const })) };
  const workers = countWorkers(work, size, parts, settings);
  const cost = estimateCost(work, size, fargatePrices({ region, architecture }), workers);
  return {
    renditions: rungs.flatMap(({ renditions }) =>
      renditions.map(({ id, codec, width, height, maximumBitrateBitsPerSecond, why }) => ({
        ...{ id, codec, width, height, maximumBitrateBitsPerSecond, why },
      })),
    ),
    dropped: rungs.flatMap(({ dropped }) => dropped),
    size,
    workers,
    elapsedSeconds: cost.elapsedSeconds,
    dollarsOnDemand: cost.dollars,
    dollarsOnSpot: cost.dollarsOnSpot,
    isAboveLimit: cost.dollars > costLimitUsd,
    assumed: [
      ...(source.durationSeconds == null ? (['durationSeconds'] as const) : []),
      ...(source.width == null || source.height == null ? (['size'] as const) : []),
    ],
  };
}
