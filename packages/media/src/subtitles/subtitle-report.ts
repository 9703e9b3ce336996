import type { LeftOut } from '@fyrestream/events';
import { z } from 'zod';

/** The conversion results of a subtitle track. */
export const subtitleReportSchema = z.strictObject({
  cueCount: z.int().nonnegative(),
  /** Non-empty packets of the source for which a decoder made no cue. */
  lostCueCount: z.int().nonnegative(),
  /** Cues that draw shapes, which are not text. */
  drawingCount: z.int().nonnegative(),
  /** The assumed encoding of cues that are not UTF-8, by the WHATWG Encoding Standard; null if all are UTF-8. */
  legacyEncoding: z.string().nullable(),
});
export type SubtitleReport = z.infer<typeof subtitleReportSchema>;

/** The parts of a subtitle track that are not in its WebVTT file. */
export function leftOutOfSubtitles(
  streamIndex: number | null,
  { lostCueCount, drawingCount }: SubtitleReport,
): LeftOut[] {
  const kind = 'subtitle';
  return [
    ...(lostCueCount > 0 ? [{ streamIndex, kind, why: `cues that cannot be decoded: ${lostCueCount}` }] : []),
    ...(drawingCount > 0
      ? [{ streamIndex, kind, why: `cues that draw shapes, which are not text: ${drawingCount}` }]
      : []),
  ];
}
