import { z } from 'zod';

/** What a watermark may be read as: the demuxers of ffmpeg for one image in a file. */
const watermarkDemuxerSchema = z.enum(['png_pipe', 'webp_pipe', 'jpeg_pipe']);
export type WatermarkDemuxer = z.infer<typeof watermarkDemuxerSchema>;

/** The image of a plan, in the source bucket: this version of it, whatever its key holds later. */
export const watermarkFileSchema = z.strictObject({
  key: z.string(),
  versionId: z.string().nullable(),
  etag: z.string(),
  sizeBytes: z.int().positive(),
  demuxer: watermarkDemuxerSchema,
});
export type WatermarkFile = z.infer<typeof watermarkFileSchema>;
