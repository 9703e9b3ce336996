import { z } from 'zod';

/** At most this many chapters of a source are published. */
export const maxChapters = 1_000;

/** Times are on the clock of the source where they are facts, on that of the output in a plan. */
export const chapterSchema = z.strictObject({
  startSeconds: z.number(),
  endSeconds: z.number(),
  /** One line; null if the source has none. */
  title: z.string().nullable(),
});
export type Chapter = z.infer<typeof chapterSchema>;
