import { profileNameSchema, taskSizeSchema } from '@fyrestream/events';
import { z } from '@hono/zod-openapi';
import { droppedRungView, plannedRungView } from '../jobs/plan-view.ts';
import { maxUploadBytes } from '../uploads/part-layout.ts';

const pixels = z.int().min(1).max(65_536);

export const quoteRequestSchema = z
  .strictObject({
    sizeBytes: z.int().min(1).max(maxUploadBytes),
    durationSeconds: z.number().min(0).max(1e6).optional(),
    width: pixels.optional(),
    height: pixels.optional(),
    profile: profileNameSchema.optional().describe('A profile of the stack.'),
    path: z
      .string()
      .max(1_024)
      .optional()
      .describe(
        'Below `videos/`: without a profile, the rules of the stack choose one by it, else `default`.',
      ),
  })
  .describe('What is known of a file. What is not is assumed: Full HD, and 4 Mbit/s.')
  .openapi('QuoteRequest');

export const quoteView = z
  .object({
    profile: profileNameSchema.describe('By which it would be made.'),
    renditions: z.array(plannedRungView),
    dropped: z.array(droppedRungView),
    size: z.object(taskSizeSchema.shape).describe('Of each task.'),
    workers: z.int().min(1).describe('Tasks that share the work.'),
    elapsedSeconds: z.number().min(0).describe('Until the last task ends, without waiting.'),
    dollarsOnDemand: z.number().min(0),
    dollarsOnSpot: z.number().min(0),
    isCharged: z.boolean().describe('False in a local cloud: there the prices are what AWS would charge.'),
    isAboveLimit: z.boolean().describe('Whether the job would be held for its cost.'),
    assumed: z.array(z.enum(['durationSeconds', 'size'])).describe('Facts that were not given.'),
  })
  .openapi('Quote');
