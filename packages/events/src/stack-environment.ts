import { z } from 'zod';
import { jsonVariable } from './json-variable.ts';
import { defaultLadderConfig, ladderConfigSchema } from './ladder-config.ts';
import { profilesVariable } from './profiles/profiles-variable.ts';
import type { ProfileSettings } from './profiles/stack-profiles.ts';
import { priorityPrefixesSchema } from './scheduling/priority.ts';
import { sharesSchema } from './scheduling/shares.ts';
import { webhooksSchema } from './webhooks/webhook-endpoint.ts';

const count = z.coerce.number().int().positive();

/**
 * The variables that say where a stack is, for its operators. A local cloud writes them to its connection file, a deployed stack to
 * its outputs.
 */
export const stackEnvironmentSchema = z.object({
  FYRESTREAM_SOURCE_BUCKET: z.string().min(1),
  FYRESTREAM_OUTPUT_BUCKET: z.string().min(1),
  FYRESTREAM_JOBS_TABLE: z.string().min(1),
  FYRESTREAM_RECORD_RETENTION_DAYS: count,
  FYRESTREAM_QUEUE_URL: z.url(),
  FYRESTREAM_DEAD_LETTER_QUEUE_URL: z.url(),
  FYRESTREAM_CONTROL_QUEUE_URL: z.url(),
  FYRESTREAM_CONTROL_DEAD_LETTER_QUEUE_URL: z.url(),
  FYRESTREAM_POLLER_LOG_GROUP: z.string().min(1),
  /** Absent in a stack of an earlier release. */
  FYRESTREAM_INVOKER_LOG_GROUP: z.string().min(1).optional(),
  FYRESTREAM_WORKER_LOG_GROUP: z.string().min(1).optional(),
  /** Packed, and absent in a stack of an earlier release. One of a later release may have fields that are not known here. */
  FYRESTREAM_PROFILES: z.string().optional(),
  /** Of the prices in estimates. Absent in a stack of release 0.1.0. */
  FYRESTREAM_REGION: z.string().min(1).optional(),
  FYRESTREAM_ARCHITECTURE: z.enum(['x86_64', 'arm64']).optional(),
  // A stack without webhooks, or of release 0.1.0, has none of these.
  FYRESTREAM_WEBHOOKS: jsonVariable(webhooksSchema).optional(),
  FYRESTREAM_WEBHOOK_QUEUE_URL: z.url().optional(),
  FYRESTREAM_WEBHOOK_DEAD_LETTER_QUEUE_URL: z.url().optional(),
  FYRESTREAM_NOTIFIER_LOG_GROUP: z.string().min(1).optional(),
});
export type StackEnvironment = z.infer<typeof stackEnvironmentSchema>;

/** The variables with the settings of a stack that decide what an upload becomes, costs and waits for. */
export const settingsEnvironmentSchema = z.object({
  FYRESTREAM_PROFILES: profilesVariable.optional(),
  /** Of a stack of an earlier release, which has one ladder instead of profiles. */
  FYRESTREAM_LADDER: jsonVariable(ladderConfigSchema).optional(),
  /** Of the prices in estimates. */
  FYRESTREAM_REGION: z.string().min(1),
  FYRESTREAM_ARCHITECTURE: z.enum(['x86_64', 'arm64']),
  FYRESTREAM_SPOT: z.enum(['true', 'false']).transform((value) => value === 'true'),
  FYRESTREAM_MAX_CONCURRENT_TASKS: count,
  FYRESTREAM_MAX_WORKERS_PER_JOB: count,
  FYRESTREAM_TARGET_MINUTES: z.coerce.number().positive(),
  FYRESTREAM_COST_LIMIT_USD: z.coerce.number().positive(),
  FYRESTREAM_UNIT_SECONDS: z.coerce.number().positive(),
  FYRESTREAM_PRIORITIES: jsonVariable(priorityPrefixesSchema),
  FYRESTREAM_SHARES: jsonVariable(sharesSchema),
});
export type SettingsEnvironment = z.infer<typeof settingsEnvironmentSchema>;

/** The settings of a stack that define its profiles. */
export function profileSettingsFrom({
  FYRESTREAM_PROFILES: settings,
  FYRESTREAM_LADDER: ladder = defaultLadderConfig,
}: Pick<SettingsEnvironment, 'FYRESTREAM_PROFILES' | 'FYRESTREAM_LADDER'>): ProfileSettings {
  return settings ?? { ladder, profiles: {}, profileRules: [] };
}
