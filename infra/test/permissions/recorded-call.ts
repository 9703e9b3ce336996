import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One call of AWS that a principal of the local cloud really made; objects are named by their top folder. */
const recordedCallSchema = z.strictObject({
  principal: z.enum(['poller', 'invoker', 'worker', 's3-notifications', 'events']),
  action: z.string(),
  /** ARN as it is in the local cloud. */
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

/** Tasks are made anew in each run. */
const taskId = /(:task\/[^/]+\/).+$/;

/** The calls in what a local cloud wrote down (`calls.ndjson`), each once, in order; those of the operator are a person's. */
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

/** Calls that the recording does not have yet. */
export function newCalls(recorded: readonly RecordedCall[], seen: readonly RecordedCall[]): RecordedCall[] {
  const known = new Set(recorded.map((call) => JSON.stringify(call)));
  return seen.filter((call) => !known.has(JSON.stringify(call)));
}
