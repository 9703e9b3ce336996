import { leftOutSchema } from '@fyrestream/events';
import { z } from 'zod';
import { sourceFactsSchema } from '../facts/source-facts.ts';
import { loudnessTreatmentSchema } from '../loudness/loudness-treatment.ts';
import { measuredLoudnessSchema } from '../loudness/measured-loudness.ts';
import { encodePlanSchema } from '../plan/encode-plan.ts';
import { subtitleReportSchema } from '../subtitles/subtitle-report.ts';
import { sourceAssessmentSchema } from './assess-source.ts';
import { checkSchema } from './check.ts';

export const certifiedFileSchema = z.strictObject({
  /** Relative to the folder of the version. */
  path: z.string().min(1),
  sizeBytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type CertifiedFile = z.infer<typeof certifiedFileSchema>;

export const certifiedLoudnessSchema = loudnessTreatmentSchema.extend({ published: measuredLoudnessSchema });

/**
 * The certificate of a version: facts about the source and how much of it was decoded, the plan with its reasons, what
 * was checked and measured, the tool versions, and a hash of every other file.
 */
export const certificateSchema = z.strictObject({
  schemaVersion: z.literal(2),
  jobId: z.string(),
  source: z.strictObject({
    key: z.string(),
    versionId: z.string().nullable(),
    etag: z.string(),
    sizeBytes: z.int().nonnegative(),
    facts: sourceFactsSchema,
    /** The decoded share of the source; `isDamaged` if it is less than all. */
    content: sourceAssessmentSchema,
    /** Everything of the source that is not in the output, known from the plan or found during the encode. */
    leftOut: z.array(leftOutSchema).default([]),
    /** The conversion results of each subtitle track. */
    subtitles: z.array(subtitleReportSchema.extend({ trackId: z.string() })).default([]),
  }),
  plan: encodePlanSchema,
  /**
   * Of each audio track: the loudness of the source, what was done to it and why, and the published loudness. None where an older
   * version encoded it.
   */
  loudness: z.array(certifiedLoudnessSchema).default([]),
  /**
   * The content address of each rendition and audio track, by its id: how it was made. A remake keeps those that it would make in the
   * same way. None where an older version made it, or workers with different versions of ffmpeg its units.
   */
  addresses: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)).default({}),
  checks: z.array(checkSchema),
  toolVersions: z.record(z.string(), z.string()),
  files: z.array(certifiedFileSchema),
});
export type Certificate = z.infer<typeof certificateSchema>;

/** Equal facts give equal bytes: checks in the order in which they were made, files and tools sorted by name. */
export function renderCertificate(certificate: Certificate): string {
  const { files, toolVersions, ...facts } = certificateSchema.parse(certificate);
  const inOrder: Certificate = {
    ...facts,
    toolVersions: Object.fromEntries(Object.entries(toolVersions).toSorted(byFirst)),
    files: files.toSorted((left, right) => compare(left.path, right.path)),
  };
  return `${JSON.stringify(inOrder, null, 2)}\n`;
}

function byFirst([left]: [string, string], [right]: [string, string]): number {
  return compare(left, right);
}

/** Compares by code unit, so that the order does not depend on the locale. */
function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
