import type { LeftOut } from '@fyrestream/events';
import { z } from 'zod';

/** What became of the cues of a subtitle stream. */
export const subtitleReportSchema = z.strictObject({
  cueCount: z.int().nonnegative(),
  /** Packets of the source that hold something and of which a decoder made no cue. */
  lostCueCount: z.int().nonnegative(),
  /** Cues that draw shapes, which are no text. */
  drawingCount: z.int().nonnegative(),
  /** What cues that are not UTF-8 were read as, by the WHATWG Encoding Standard; null where all are UTF-8. */
  legacyEncoding: z.string().nullable(),
});
export type SubtitleReport = z.infer<typeof subtitleReportSchema>;

/** What of a subtitle stream is not in its WebVTT file. */
export function leftOutOfSubtitles(
  streamIndex: number,
  { lostCueCount, drawingCount }: SubtitleReport,
): LeftOut[] {
  const kind = 'subtitle';
  return [
    ...(lostCueCount > 0 ? [{ streamIndex, kind, why: `cues that cannot be decoded: ${lostCueCount}` }] : []),
    ...(drawingCount > 0
      ? [{ streamIndex, kind, why: `cues that draw shapes, which are no text: ${drawingCount}` }]
      : []),
  ];
}
