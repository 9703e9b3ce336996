import { isJsonObject } from '../json-value.ts';
import type { InvocationOutcome } from '../lambda/invocation.ts';

/**
 * The messages of a batch that must be retried, from the response of the function (ReportBatchItemFailures).
 * An invalid response fails the whole batch, as on Lambda.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failedMessageIds(
  messageIds: readonly string[],
  result: InvocationOutcome,
): ReadonlySet<string> {
  const all = new Set(messageIds);
  if (result.outcome === 'failed') return all;
  const answer = JSON.parse(result.payload) as unknown;
  const failures = isJsonObject(answer) ? (answer.batchItemFailures ?? []) : answer === null ? [] : undefined;
  if (!Array.isArray(failures)) return all;
  const failed = new Set<string>();
  for (const failure of failures as unknown[]) {
    const id = isJsonObject(failure) ? failure.itemIdentifier : undefined;
    if (typeof id !== 'string' || !all.has(id)) return all;
    failed.add(id);
  }
  return failed;
}
