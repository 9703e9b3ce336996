import { z } from 'zod';
import { jobEventKindSchema } from '../job-event.ts';

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

const endpointUrl = z.url().superRefine((text, context) => {
  const url = URL.parse(text);
  if (url === null) return;
  const fault = faultOf(url);
  if (fault !== null) context.addIssue({ code: 'custom', message: fault });
});

/** A receiver of job events. */
const webhookEndpointSchema = z.strictObject({
  url: endpointUrl,
  /** The kinds of events that it gets; all without it. */
  kinds: z.array(jobEventKindSchema).min(1).optional(),
});
export type WebhookEndpoint = z.infer<typeof webhookEndpointSchema>;

/** Endpoints by their names, which are part of the name of their secret. */
export const webhooksSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a letter and up to 31 more of a-z, 0-9 and hyphens'),
  webhookEndpointSchema,
);
export type Webhooks = z.infer<typeof webhooksSchema>;

/** Whether an endpoint is on the machine of the sender: only a local cloud may post to it, and without TLS. */
export function isLoopbackUrl(url: URL): boolean {
  return loopbackHosts.has(url.hostname);
}

/** @returns what is wrong with the URL of an endpoint; null if nothing is */
function faultOf(url: URL): string | null {
  if (url.username !== '' || url.password !== '') return 'must have no user name and no password';
  if (isLoopbackUrl(url)) return null;
  if (url.protocol !== 'https:') return 'must be https; http is for 127.0.0.1 only, in a local cloud';
  // Security groups of a stack let nothing else out.
  return url.port === '' ? null : 'must use port 443';
}
