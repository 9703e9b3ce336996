import { leftOutSchema } from '@fyrestream/events';
import { z } from 'zod';
import { sourceFactsSchema } from '../facts/source-facts.ts';
import { encodePlanSchema } from '../plan/encode-plan.ts';
import { subtitleReportSchema } from '../subtitles/subtitle-report.ts';
import { sourceContentSchema } from './assess-source.ts';
import { checkSchema } from './check.ts';

export const certifiedFileSchema = z.strictObject({
  /** Below the folder of the version. */
  path: z.string().min(1),
  sizeBytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type CertifiedFile = z.infer<typeof certifiedFileSchema>;

/**
 * The proof that goes with a version: what the source was and how much of it decodes, what was planned and why, what
 * was checked and measured, with which tools, and a hash of every file but itself.
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
    /** What of it could be decoded; `isDamaged` says whether that was less than all. */
    content: sourceContentSchema,
    /** What of it is not in the outcome: all of it, planned or found on the way. */
    leftOut: z.array(leftOutSchema).default([]),
    /** What became of the cues of each subtitle track. */
    subtitles: z.array(subtitleReportSchema.extend({ trackId: z.string() })).default([]),
  }),
  plan: encodePlanSchema,
  checks: z.array(checkSchema),
  toolVersions: z.record(z.string(), z.string()),
  files: z.array(certifiedFileSchema),
});
export type Certificate = z.infer<typeof certificateSchema>;

/** The same facts give the same bytes: checks stand in the order of their making, files and tools by name. */
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

/** By code unit: the same on every machine, whatever its language. */
function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
