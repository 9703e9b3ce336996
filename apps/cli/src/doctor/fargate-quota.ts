import type { Capacity } from '@fyrestream/events';
import type { RunCheckTool } from './run-check-tool.ts';

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html#service-quotas-fargate */
const quotaCodes: Readonly<Record<Capacity, string>> = { 'on-demand': 'L-3032A538', spot: 'L-36FBB829' };

/** The vCPUs that may run at the same time in a region; null if the AWS CLI cannot read it. */
export async function readFargateQuota(
  run: RunCheckTool,
  region: string,
  capacity: Capacity,
): Promise<number | null> {
  const argv = ['service-quotas', 'get-service-quota', '--service-code', 'fargate'];
  const answer = await run('aws', [
    ...argv,
    ...['--quota-code', quotaCodes[capacity], '--region', region],
    ...['--query', 'Quota.Value', '--output', 'text'],
  ]);
  const value = 'output' in answer ? Number.parseFloat(answer.output) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}
