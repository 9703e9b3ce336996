import { defaultLadderPreset, ladderPresetSchema } from '@fyrestream/events';
import { z } from 'zod';
import { whyNoFargateSize } from './fargate-size.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, 'is no name of a bucket: 3 to 63 of a-z, 0-9 and hyphens');

const days = z.int().min(1).max(3650);

/** CloudWatch keeps logs for these times only. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const logRetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

const taskSize = z
  .strictObject({
    cpuUnits: z.int(),
    memoryMiB: z.int(),
    ephemeralStorageGiB: z.int(),
  })
  .superRefine((size, context) => {
    const fault = whyNoFargateSize(size);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  });

/**
 * What a stack may set, each as `fyrestream:<name>` in `Pulumi.<stack>.yaml`. Everything has a default, so a stack that sets
 * nothing works. The table in docs/settings.md is written from this schema.
 */
export const settingsSchema = z
  .strictObject({
    ladder: ladderPresetSchema
      .default(defaultLadderPreset)
      .describe('What is made of every upload: codecs, rungs and their ceilings, audio, HDR.'),
    architecture: z
      .enum(['x86_64', 'arm64'])
      .default('x86_64')
      .describe(
        'Of the transcoder. `arm64` costs a fifth less; the machine that runs Pulumi must be able to build for it.',
      ),
    taskSize: taskSize
      .default({ cpuUnits: 4096, memoryMiB: 8192, ephemeralStorageGiB: 21 })
      .describe('A transcoder task that is started by hand. The invoker sizes each of its own by the video.'),
    spot: z.boolean().default(true).describe('Whether Fargate Spot is tried before on-demand capacity.'),
    maxConcurrentTasks: z
      .int()
      .min(1)
      .max(1000)
      .default(4)
      .describe(
        'Transcoder tasks at once; further uploads wait. A Full HD video takes four vCPUs of the Fargate quota.',
      ),
    costLimitUsd: z
      .number()
      .positive()
      .default(5)
      .describe('A job estimated to cost more is held until somebody releases it.'),
    attemptHours: z
      .number()
      .positive()
      .max(168)
      .default(12)
      .describe(
        'What a transcoder task may take; one that takes longer ends its job as `deadline-exceeded`.',
      ),
    monthlyBudgetUsd: z
      .number()
      .positive()
      .default(50)
      .describe('Spending of the stack above 80% of it, or a forecast above it, raises an alarm.'),
    alertEmail: z
      .email()
      .optional()
      .describe('Who is told of alarms and failed jobs; the address confirms once.'),
    nat: z
      .enum(['single', 'per-az', 'none'])
      .default('single')
      .describe(
        'How private subnets reach AWS: one NAT gateway, one per zone, or interface endpoints and no internet.',
      ),
    availabilityZones: z.int().min(2).max(3).default(2).describe('Zones that the subnets are spread over.'),
    sourceBucketName: bucketName
      .optional()
      .describe('Name of the source bucket; `fyrestream-videos-<stack>-<account>-<region>` without it.'),
    outputBucketName: bucketName
      .optional()
      .describe('Name of the output bucket; `fyrestream-transcoded-<stack>-<account>-<region>` without it.'),
    keepDataOnDestroy: z
      .boolean()
      .default(true)
      .describe('Whether buckets and the ledger survive `pulumi destroy`.'),
    uploadOrigins: z
      .array(z.url())
      .default([])
      .describe('Web origins whose pages may upload by presigned URLs (CORS).'),
    archiveSourcesAfterDays: days
      .optional()
      .describe('When sources move to Glacier Instant Retrieval; they stay in Standard without it.'),
    oldSourceDays: days.default(30).describe('How long a source that was overwritten or deleted is kept.'),
    oldVersionDays: days
      .default(7)
      .describe('How long a published version that was replaced is kept for those who still watch it.'),
    workDays: days.default(7).describe('How long what workers leave for each other is kept.'),
    recordRetentionDays: days.default(90).describe('How long the record of a finished job is kept.'),
    logRetentionDays: z.literal(logRetentionDays).default(30).describe('How long logs are kept.'),
    logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('Of all parts.'),
    pollerConcurrency: z
      .int()
      .min(2)
      .max(5)
      .default(2)
      .describe(
        'Batches of one queue that are worked on at once; each makes up to five calls of the invoker.',
      ),
    sweepMinutes: z
      .int()
      .min(1)
      .max(60)
      .default(5)
      .describe('How often is looked for what no event told of.'),
    delivery: z
      .discriminatedUnion('mode', [
        z.strictObject({ mode: z.literal('off') }),
        z.strictObject({ mode: z.literal('public') }),
      ])
      .default({ mode: 'off' })
      .describe('`public` puts CloudFront before the outputs; anybody who knows a URL can watch.'),
    webhook: z
      .strictObject({ url: z.url({ protocol: /^https$/ }) })
      .optional()
      .describe(
        'Where job events are posted, with the secret `fyrestream:webhookKey` in the header `x-fyrestream-key`.',
      ),
    webhookKey: z
      .string()
      .min(16)
      .optional()
      .describe('Set with `pulumi config set --secret`; lies in Secrets Manager, where it can be rotated.'),
    tags: z.record(z.string(), z.string()).default({}).describe('Further tags of every resource.'),
  })
  .superRefine((settings, context) => {
    if (settings.sourceBucketName !== undefined && settings.sourceBucketName === settings.outputBucketName) {
      context.addIssue({
        code: 'custom',
        path: ['outputBucketName'],
        message: 'is the source bucket: what is published there would be taken for uploads',
      });
    }
    if ((settings.webhook === undefined) !== (settings.webhookKey === undefined)) {
      const missing = settings.webhook === undefined ? 'webhook' : 'webhookKey';
      context.addIssue({
        code: 'custom',
        path: [missing],
        message: 'is missing: webhook and webhookKey go together',
      });
    }
  });

export type Settings = z.infer<typeof settingsSchema>;
