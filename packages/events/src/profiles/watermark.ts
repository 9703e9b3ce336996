import { z } from 'zod';

/** The path of an image below `watermarks/`; a key of S3 has at most 1,024 bytes. */
export const watermarkImageSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(
    /^[\p{L}\p{N}._ -]+(\/[\p{L}\p{N}._ -]+)*$/u,
    'must be a path below watermarks/ such as logo.png or brand/logo.png: letters, digits, . _ - and spaces',
  );

const watermarkCorners = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;

/** An image in a corner of the picture, as a profile has it. */
export const watermarkSchema = z.strictObject({
  image: watermarkImageSchema.describe(
    'PNG, WebP or JPEG below `watermarks/` in the source bucket, such as `logo.png`: at most 4 MiB and 4096 x 4096 pixels.',
  ),
  corner: z
    .enum(watermarkCorners)
    .default('bottom-right')
    .describe('Of the upright picture. Default: `bottom-right`.'),
  size: z
    .number()
    .min(0.01)
    .max(1)
    .default(0.15)
    .describe(
      "Width of the image as a part of the picture's width; less where it would not fit between the margins. Default: 0.15.",
    ),
  opacity: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('1 shows the image as it is, with its own transparency; 0.5 half of it. Default: 1.'),
  margin: z
    .number()
    .min(0)
    .max(0.25)
    .default(0.05)
    .describe(
      "Distance to both edges of the corner as a part of the picture's short edge. Default: 0.05, the safe area of EBU R95.",
    ),
});
export type Watermark = z.infer<typeof watermarkSchema>;
