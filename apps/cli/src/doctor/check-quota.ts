import type { JobRecord } from '@fyrestream/events';
import { createFinding, type Finding } from '@fyrestream/operations';
import { readFargateQuota } from './fargate-quota.ts';
import type { RunCheckTool } from './run-check-tool.ts';

const about = 'quota';

/**
 * Whether the Fargate quotas allow every task that waits for one. A job whose task needs more than the whole quota would wait for
 * ever.
 */
export async function checkQuota(
  run: RunCheckTool,
  queued: readonly JobRecord[],
  region: string,
): Promise<Finding> {
  const waiting = queued.filter(({ reason }) => reason?.code === 'quota-reached');
  if (waiting.length === 0) return createFinding(about, 'no job waits for a quota of Fargate', null);
  const quotas = await Promise.all([
    readFargateQuota(run, region, 'on-demand'),
    readFargateQuota(run, region, 'spot'),
  ]);
  const known = quotas.filter((quota) => quota !== null);
  if (known.length === 0) {
    return { about, verdict: 'unknown', message: 'the AWS CLI cannot read the quotas of Fargate' };
  }
  const allowed = Math.max(...known);
  const tooLarge = waiting.filter((job) => cpusOf(job) > allowed);
  const largest = Math.max(...waiting.map(cpusOf));
  const names = tooLarge.map(({ jobId }) => jobId).join(', ');
  return createFinding(
    about,
    `${waiting.length} waiting for ${largest} vCPUs at most, of ${allowed} in ${region}`,
    tooLarge.length === 0
      ? null
      : `no wait helps ${names}: up to ${largest} vCPUs at once are needed, and the quota of this account in ${region} is ${allowed}; request ${largest} or more under Service Quotas, AWS Fargate`,
  );
}

function cpusOf({ size }: JobRecord): number {
  return size.cpuUnits / 1_024;
}
