import { z } from 'zod';
import { fargateSizeError } from '../fargate-size.ts';
import { defaultLadderConfig, ladderConfigSchema } from '../ladder-config.ts';
import { profileRulesSchema } from '../profiles/profile-rules.ts';
import { profilesSchema } from '../profiles/stack-profiles.ts';
import { priorityPrefixesSchema } from '../scheduling/priority.ts';
import { sharesSchema } from '../scheduling/shares.ts';
import { webhooksSchema } from '../webhooks/webhook-endpoint.ts';
import { imageSettings } from './image-settings.ts';
import { profileFaults } from './profile-faults.ts';
import { sizeFaults } from './size-faults.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, 'must be a bucket name: 3 to 63 of a-z, 0-9 and hyphens');

const days = z.int().min(1).max(3650);

/** The notifier receives them as a variable, and the environment of a Lambda function has 4 KB. */
const maxNotifierCharacters = 3_000;

/** Retention times that CloudWatch Logs supports. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const logRetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

const taskSize = z
  .strictObject({
    // Less than one vCPU is too slow for any video.
    cpuUnits: z.int().min(1024),
    memoryMiB: z.int(),
    ephemeralStorageGiB: z.int(),
  })
  .superRefine((size, context) => {
    const error = fargateSizeError(size);
    if (error !== null) context.addIssue({ code: 'custom', message: error });
  });

/**
 * The settings of a stack, each as `fyrestream:<name>` in `Pulumi.<stack>.yaml`. All have a default or are optional. The Pulumi
 * program and the local cloud parse them with this schema.
 * The table in docs/settings.md is generated from this schema.
 */
export const settingsSchema = z
  .strictObject({
    ladder: ladderConfigSchema
      .default(defaultLadderConfig)
      .describe(
        'Codecs, rungs with their maximum bitrates, audio and HDR of the profile `default`: the short form of `fyrestream:profiles` with this profile alone.',
      ),
    profiles: profilesSchema
      .default({})
      .describe(
        'How uploads are made, by names of your choice ([profiles](profiles.md)). `default` is for uploads that nothing gives another one.',
      ),
    profileRules: profileRulesSchema
      .default([])
      .describe(
        'Profiles of uploads by their path below `videos/`, such as `[{"pattern": "clips/*", "profile": "mobile"}]`. The first one that matches counts, unless the upload names a profile itself.',
      ),
    architecture: z
      .enum(['x86_64', 'arm64'])
      .default('x86_64')
      .describe(
        'CPU architecture of the transcoder. `arm64` costs 20% less; the machine that runs Pulumi must be able to build for it.',
      ),
    image: imageSettings
      .default({ debian: 'debian:trixie-slim', node: 'node:24-trixie-slim' })
      .describe(
        "Base images of the transcoder's image, with their digests, and the date of its packages: a new date installs the updates of Debian. `fyrestream image` prints the newest.",
      ),
    taskSize: taskSize
      .default({ cpuUnits: 4096, memoryMiB: 8192, ephemeralStorageGiB: 21 })
      .describe(
        'Size of a transcoder task that is started by hand. The invoker chooses the size of its tasks by the source.',
      ),
    spot: z.boolean().default(true).describe('Whether to try Fargate Spot before on-demand capacity.'),
    maxConcurrentTasks: z
      .int()
      .min(1)
      .max(1000)
      .default(4)
      .describe(
        'Transcoder tasks that run at the same time; further uploads wait. A Full HD video needs four vCPUs of the Fargate quota.',
      ),
    priorities: priorityPrefixesSchema
      .default({})
      .describe(
        'Priority of uploads by the beginning of their path below `videos/`: `urgent`, `normal` (all others) or `bulk`, such as `{"archive/": "bulk"}`. The longest one counts.',
      ),
    shares: sharesSchema
      .default({})
      .describe(
        'Shares of tenants, from 0.01 to 100, where several have waiting uploads; 1 for all others. The tenant of an upload is its first folder below `videos/`, or `default`.',
      ),
    maxWorkersPerJob: z
      .int()
      .min(1)
      .max(16)
      .default(4)
      .describe(
        'Tasks that encode one video at the same time, each a part of it. They count as `maxConcurrentTasks`, of which one stays free for other uploads.',
      ),
    targetMinutes: z
      .number()
      .positive()
      .max(1440)
      .default(10)
      .describe(
        'Minutes within which a video should be encoded: a job gets as many tasks as that needs, up to `maxWorkersPerJob`.',
      ),
    costLimitUsd: z
      .number()
      .positive()
      .default(5)
      .describe('A job with a higher estimated cost is held until an operator releases it.'),
    attemptHours: z
      .number()
      .positive()
      .max(168)
      .default(12)
      .describe(
        'Time limit of a transcoder task. If it is exceeded, the job fails with `deadline-exceeded`.',
      ),
    unitSeconds: z
      .number()
      .min(6)
      .max(172_800)
      .default(48)
      .describe(
        'Seconds of video that a worker encodes at a time. Longer videos are divided; an interrupted task loses at most one unit.',
      ),
    monthlyBudgetUsd: z
      .union([z.number().positive(), z.literal('off')])
      .default(50)
      .describe(
        'Budget of the stack. Spending above 80%, or a forecast above 100%, raises an alarm. `off` for accounts and identities without access to billing.',
      ),
    alertEmail: z
      .email()
      .optional()
      .describe('Address that is notified of alarms and failed jobs. It must confirm the subscription once.'),
    network: z
      .enum(['private', 'economy'])
      .default('private')
      .describe(
        '`private`: functions and tasks run in private subnets. `economy`: no NAT; functions run outside the VPC, tasks in public subnets with an address of their own that accepts no connection. Change it only while no job waits or runs.',
      ),
    nat: z
      .enum(['single', 'per-az', 'none'])
      .default('single')
      .describe(
        'How private subnets reach AWS: one NAT gateway, one per availability zone, or interface endpoints without internet access. Not with `network: economy`, which has none of them.',
      ),
    availabilityZones: z
      .int()
      .min(2)
      .max(3)
      .default(2)
      .describe('Number of availability zones with subnets.'),
    sourceBucketName: bucketName
      .optional()
      .describe('Name of the source bucket. Default: `fyrestream-videos-<stack>-<account>-<region>`.'),
    outputBucketName: bucketName
      .optional()
      .describe('Name of the output bucket. Default: `fyrestream-transcoded-<stack>-<account>-<region>`.'),
    keepDataOnDestroy: z
      .boolean()
      .default(true)
      .describe('Whether `pulumi destroy` keeps the buckets and the ledger.'),
    uploadOrigins: z
      .array(z.url())
      .default([])
      .describe('Web origins that may upload with presigned URLs (CORS).'),
    archiveSourcesAfterDays: days
      .optional()
      .describe('Days until sources move to Glacier Instant Retrieval. Not set: they stay in Standard.'),
    oldSourceDays: days.default(30).describe('Days that an overwritten or deleted source is kept.'),
    deleteAfterSourceDays: days
      .optional()
      .describe(
        'Days from the deletion of an upload until what was published from it is deleted too. Not set: it stays.',
      ),
    oldVersionDays: days
      .default(7)
      .describe('Days that a replaced version is kept for viewers who still play it.'),
    workDays: days.default(7).describe('Days that intermediate files are kept.'),
    recordRetentionDays: days.default(90).describe('Days that the record of a finished job is kept.'),
    logRetentionDays: z.literal(logRetentionDays).default(30).describe('Days that logs are kept.'),
    logLevel: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'])
      .default('info')
      .describe('Log level of all components.'),
    pollerConcurrency: z
      .int()
      .min(2)
      .max(5)
      .default(2)
      .describe(
        'Batches of one queue that are processed at the same time. Each makes up to five parallel calls of the invoker.',
      ),
    sweepMinutes: z
      .int()
      .min(1)
      .max(60)
      .default(5)
      .describe('Minutes between sweeps, which find jobs whose events were lost.'),
    delivery: z
      .discriminatedUnion('mode', [
        z.strictObject({ mode: z.literal('off') }),
        z.strictObject({ mode: z.literal('public') }),
      ])
      .default({ mode: 'off' })
      .describe('`public` serves the outputs through CloudFront; anybody who knows a URL can play them.'),
    api: z
      .enum(['off', 'iam'])
      .default('off')
      .describe(
        '`iam` serves the HTTP API at a URL of its own, to callers that sign their requests with credentials of the account (see docs/api.md).',
      ),
    webhooks: webhooksSchema
      .refine(
        (webhooks) => JSON.stringify(webhooks).length <= maxNotifierCharacters,
        `must have at most ${maxNotifierCharacters} characters as JSON: a Lambda function receives it, and its environment has 4 KB`,
      )
      .default({})
      .describe(
        'Receivers of job events by a name of your choice, each with its URL and the kinds of events that it wants (all without `kinds`): `{"studio": {"url": "https://…", "kinds": ["job-succeeded"]}}`. Each has a secret in Secrets Manager.',
      ),
    tags: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
      .default({})
      .describe('Additional tags for every resource.'),
  })
  .superRefine((settings, context) => {
    if (settings.sourceBucketName !== undefined && settings.sourceBucketName === settings.outputBucketName) {
      context.addIssue({
        code: 'custom',
        path: ['outputBucketName'],
        message: 'must differ from the source bucket',
      });
    }
    // Zod comes here also where a profile is not valid by itself.
    if (context.issues.length > 0) return;
    const faults = profileFaults(settings);
    for (const { path, message } of faults.length > 0 ? faults : sizeFaults(settings))
      context.addIssue({ code: 'custom', path, message });
  });

export type Settings = z.infer<typeof settingsSchema>;
