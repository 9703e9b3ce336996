import { z } from '@hono/zod-openapi';
import { maxParts, maxUploadBytes } from './part-layout.ts';

export const uploadIdParameters = z.object({
  uploadId: z.string().min(1).max(8_192).describe('As the creation of the upload returned it.'),
});

export const newUploadSchema = z
  .strictObject({
    path: z.string().min(1).max(1_024).describe('Below `videos/`, with folders: `trips/holiday.mov`.'),
    sizeBytes: z.int().min(1).max(maxUploadBytes),
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
