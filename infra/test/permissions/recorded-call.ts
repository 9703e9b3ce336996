import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** An AWS call that a principal made in the local cloud. Objects are reduced to their top folder. */
const recordedCallSchema = z.strictObject({
  principal: z.enum(['poller', 'invoker', 'notifier', 'worker', 'api', 's3-notifications', 'events']),
  action: z.string(),
  /** ARN in the local cloud. */
  resource: z.string(),
});
export type RecordedCall = z.infer<typeof recordedCallSchema>;

export const recordedCallsFile = new URL('recorded-calls.json', import.meta.url);

export function readRecordedCalls(): RecordedCall[] {
  return z.array(recordedCallSchema).parse(JSON.parse(readFileSync(recordedCallsFile, 'utf8')));
}

const lineSchema = z.object({
  principal: z.string(),
  action: z.string(),
  resource: z.string(),
  allowed: z.boolean(),
});

/** Task ids differ in each run. */
const taskId = /(:task\/[^/]+\/).+$/;

/** Parses the call log of a local cloud (`calls.ndjson`): each call once, sorted, without those of the operator. */
export function parseCalls(ndjson: string): RecordedCall[] {
  const lines = ndjson
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => lineSchema.parse(JSON.parse(line)))
    .filter(({ principal, allowed }) => principal !== 'operator' && allowed)
    .map(({ principal, action, resource }) =>
      JSON.stringify({ principal, action, resource: resource.replace(taskId, '$1*') }),
    );
  return [...new Set(lines)].sort().map((line) => recordedCallSchema.parse(JSON.parse(line)));
}

/** Calls that are not recorded yet. */
export function newCalls(recorded: readonly RecordedCall[], calls: readonly RecordedCall[]): RecordedCall[] {
  const known = new Set(recorded.map((call) => JSON.stringify(call)));
  return calls.filter((call) => !known.has(JSON.stringify(call)));
}
