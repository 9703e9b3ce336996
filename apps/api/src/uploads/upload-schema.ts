import { profileNameSchema, uploadOptionsSchema } from '@fyrestream/events';
import { z } from '@hono/zod-openapi';
import { maxParts, maxUploadBytes } from './part-layout.ts';

export const uploadIdParameters = z.object({
  uploadId: z.string().min(1).max(8_192).describe('As the creation of the upload returned it.'),
});

export const uploadOptionsView = z
  .strictObject(uploadOptionsSchema.shape)
  .describe('What the upload says about itself, whatever its profile.')
  .openapi('UploadOptions');

export const newUploadSchema = z
  .strictObject({
    path: z.string().min(1).max(1_024).describe('Below `videos/`, with folders: `trips/holiday.mov`.'),
    sizeBytes: z.int().min(1).max(maxUploadBytes),
    profile: profileNameSchema
      .optional()
      .describe(
        'A profile of the stack. Left out: a sidecar or a rule of the stack decides, else `default`.',
      ),
    options: uploadOptionsView.optional(),
  })
  .openapi('NewUpload');

export const uploadView = z
  .object({
    uploadId: z.string(),
    key: z.string().describe('`videos/` and the path.'),
    sizeBytes: z.int().min(1),
    partSizeBytes: z.int().min(1).describe('Of all parts but the last.'),
    partCount: z.int().min(1).max(maxParts),
  })
  .openapi('Upload');

export const storedPartView = z
  .object({
    partNumber: z.int().min(1).max(maxParts),
    sizeBytes: z.int().min(0),
    etag: z.string(),
  })
  .openapi('StoredPart');

export const partNumberSchema = z.int().min(1).max(maxParts);
