import { jobEventKindSchema, jobIdSchema, priorities } from '@fyrestream/events';
import { z } from '@hono/zod-openapi';
import { reasonView } from '../jobs/job-schema.ts';
import { orNull } from '../or-null.ts';

export const stackView = z
  .object({
    name: z.string().describe('For a person: `the local cloud on /data`, `the stack dev`.'),
    kind: z.enum(['local', 'deployed']),
    region: z.string(),
    versions: z.object({ fyrestream: z.string(), node: z.string() }).describe('Of the API.'),
    places: z
      .object({
        taken: z.int().min(0).describe('Tasks that start or run.'),
        max: z.int().min(1).nullable().describe('Null if the settings are not known.'),
      })
      .describe('How many transcoder tasks may run at the same time.'),
    profiles: z
      .array(z.string())
      .nullable()
      .describe('Names, `default` first; null if the settings are not known.'),
    settings: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('As in docs/settings.md; null for a stack of a release that did not tell them.'),
  })
  .openapi('Stack');

export const healthView = z
  .object({
    findings: z.array(
      z.object({
        about: z.string(),
        verdict: z.enum(['well', 'wrong', 'unknown']),
        message: z.string().describe('What was found, and what to do where it is wrong.'),
      }),
    ),
  })
  .openapi('Health');

export const queueView = z
  .object({
    groups: z
      .array(
        z.object({
          priority: z.enum(priorities),
          tenant: z.string(),
          waiting: z.int().min(1),
          underWay: z.int().min(0).describe('Jobs of the tenant that start or run.'),
          oldest: z.object({ jobId: jobIdSchema, createdAt: z.iso.datetime() }),
          reason: orNull(reasonView).describe('Why the oldest one waits.'),
        }),
      )
      .describe('Who waits for a place, in the order of the line.'),
    delayed: z.int().min(0).describe('Jobs that wait for their inspection, capacity or a retry.'),
    underWay: z.int().min(0),
  })
  .openapi('Queue');

export const queueNameSchema = z.enum(['uploads', 'control', 'webhooks']);

export const deadLetterView = z
  .object({
    messageId: z.string(),
    sentAt: z.iso.datetime(),
    about: z.string(),
    reason: orNull(reasonView).describe('Why it failed; null where nothing says so.'),
  })
  .openapi('DeadLetter');

const time = z.iso.datetime();

export const webhooksView = z
  .object({
    endpoints: z
      .array(
        z.object({
          name: z.string(),
          host: z.string().describe('Of its URL, whose path is a secret of some receivers.'),
          kinds: z.array(jobEventKindSchema).nullable().describe('The events that it gets; null: all.'),
          state: z
            .enum(['working', 'failing', 'disabled'])
            .describe('Nothing is posted to a disabled one; sending its dead letters again enables it.'),
          failingSince: time.nullable().describe('The first failure since a success.'),
          disabledAt: time.nullable(),
          lastFailure: z.object({ at: time, reason: reasonView }).nullable(),
        }),
      )
      .describe('None where the settings of the stack name none.'),
    waiting: z
      .int()
      .min(0)
      .describe('Events and deliveries that wait for their next attempt or their first.'),
    underWay: z.int().min(0).describe('Those that are sent now, or are to be repeated.'),
  })
  .openapi('Webhooks');
