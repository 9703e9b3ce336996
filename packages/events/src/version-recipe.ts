import { z } from 'zod';
import { loudnessTargetSchema } from './ladder-config.ts';
import { encryptionSchema } from './profiles/encryption.ts';
import { watermarkSchema } from './profiles/watermark.ts';
import { wantedOutputsSchema } from './wanted-outputs.ts';

const count = z.number().nonnegative();
const pixels = z.int().positive();

/** A rendition as it was planned. */
const recipeRenditionSchema = z.strictObject({
  id: z.string(),
  codec: z.enum(['h264', 'hevc', 'av1']),
  width: pixels,
  height: pixels,
  constantRateFactor: z.number(),
  maximumBitrateBitsPerSecond: z.int().positive(),
  speed: z.union([z.string(), z.int()]),
  dynamicRange: z.enum(['sdr', 'pq', 'hlg']),
});
export type RecipeRendition = z.infer<typeof recipeRenditionSchema>;

/**
 * How a version was made, as far as a remake is estimated from it: the facts of the source that choose the rungs, and what was made of
 * them. What is kept is decided by the content addresses of the certificate.
 */
export const versionRecipeSchema = z.strictObject({
  outputs: wantedOutputsSchema,
  /** Of its segments: what is encrypted is not kept, as no worker may read its key. */
  encryption: z.union([z.literal('off'), encryptionSchema]),
  /** Null for audio alone. */
  video: z
    .strictObject({
      /** Upright with square pixels. */
      width: pixels,
      height: pixels,
      codec: z.string().nullable(),
      bitrateBitsPerSecond: count.nullable(),
      dynamicRange: z.enum(['sdr', 'pq', 'hlg']),
      /** Of the source, and of each rendition. */
      sourceFrames: count,
      frames: count,
      /** Deinterlacing and tone mapping. */
      filterCpuSecondsPerFrame: count,
      renditions: z.array(recipeRenditionSchema),
      /** Of the profile; null where it is no longer known. */
      watermark: z.union([z.literal('off'), watermarkSchema]).nullable(),
    })
    .nullable(),
  /** Null without audio. */
  audio: z
    .strictObject({
      /** In tracks of stereo: 5.1 counts as three. */
      tracks: count,
      bitrateBitsPerSecond: z.int().positive(),
      loudness: z.union([z.literal('off'), loudnessTargetSchema]),
      /** `none` if no track of the source can be kept as 5.1. */
      surround: z.enum(['none', 'off', 'keep']),
    })
    .nullable(),
});
export type VersionRecipe = z.infer<typeof versionRecipeSchema>;
