import type { JobRecord, Priority } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';

/** After so many refusals, AWS hardly launches a job that is as large. */
const minRefusals = 2;

/**
 * From how many CPU units on AWS hardly launches a job of a priority now, by the jobs that it refused last; Infinity where it refused
 * none or one. Its quotas count vCPUs.
 */
export async function refusedCpuUnits(
  { ledger }: Pick<InvokerDependencies, 'ledger'>,
  priority: Priority,
): Promise<number> {
  const latest = await ledger.listLine({ priority, isRefused: true, latestFirst: true }, minRefusals);
  const jobs = await Promise.all(latest.map(({ jobId }) => ledger.readJob(jobId)));
  const refused = jobs.filter((job): job is JobRecord => job?.refusedAt !== undefined);
  if (refused.length < minRefusals) return Number.POSITIVE_INFINITY;
  return Math.max(...refused.map(({ size }) => size.cpuUnits));
}
