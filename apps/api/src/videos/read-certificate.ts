import { certificateFileName } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';
import { z } from 'zod';

/** The fields of a certificate that say which files a version has; certificates of other releases may have others. */
const certificateSchema = z.object({
  source: z.object({ key: z.string() }),
  plan: z.object({
    durationSeconds: z.number().nullable(),
    video: z
      .object({
        branches: z.array(
          z.object({
            renditions: z.array(
              z.object({ id: z.string(), codec: z.string(), width: z.int(), height: z.int() }),
            ),
          }),
        ),
      })
      .nullable(),
    audio: z.array(
      z.object({
        id: z.string(),
        language: z.string().nullable(),
        name: z.string(),
        isDefault: z.boolean(),
      }),
    ),
    subtitles: z.array(
      z.object({
        id: z.string(),
        language: z.string().nullable(),
        name: z.string(),
        isDefault: z.boolean(),
        isForced: z.boolean(),
      }),
    ),
  }),
  files: z.array(z.object({ path: z.string(), sizeBytes: z.int() })),
});

export interface CertifiedVersion extends z.infer<typeof certificateSchema> {
  readonly certificateBytes: number;
}

/** @throws FyrestreamError `object-missing` if the files of the version are removed */
export async function readCertificate(
  { store, outputBucket }: Pick<Stack, 'store' | 'outputBucket'>,
  prefix: string,
): Promise<CertifiedVersion> {
  const text = await store.readText({ bucket: outputBucket, key: `${prefix}${certificateFileName}` });
  return { ...certificateSchema.parse(JSON.parse(text)), certificateBytes: Buffer.byteLength(text) };
}
