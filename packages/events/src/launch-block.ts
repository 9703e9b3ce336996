import type { JobRecord } from './job-record.ts';

/** Why AWS cannot start a task now. It passes by itself, and neither the upload nor the worker is to blame. */
export type LaunchBlockCode =
  | 'throttled'
  | 'quota-reached'
  | 'no-capacity'
  | 'no-network-interface'
  | 'registry-unavailable'
  | 'fargate-unavailable';

/** What to do where it does not pass. */
export const launchBlockRemedies: Readonly<Record<LaunchBlockCode, string>> = {
  throttled:
    'AWS limits the calls of this account: lower fyrestream:maxConcurrentTasks, or stop what else calls ECS and EC2',
  'quota-reached': 'request more Fargate vCPUs in Service Quotas, on-demand and Spot',
  'no-capacity': 'see the AWS Health Dashboard, or add a zone by fyrestream:availabilityZones',
  'no-network-interface':
    'see whether the private subnets have free addresses and the account free network interfaces',
  'registry-unavailable':
    'see whether the private subnets reach ECR: NAT gateway, endpoints, their security groups',
  'fargate-unavailable': 'see the AWS Health Dashboard',
};

/** A launch that is blocked for longer needs a person. */
const maxBlockedMinutes = 60;

export function isLaunchBlock(code: string): code is LaunchBlockCode {
  return code in launchBlockRemedies;
}

/** For how many seconds AWS has not started the task of a queued job; null while this is no longer than usual. */
export function blockedSecondsOf(
  job: Pick<JobRecord, 'status' | 'launchBlockedSince'>,
  now: string,
): number | null {
  if (job.status !== 'queued' || job.launchBlockedSince === undefined) return null;
  const seconds = (Date.parse(now) - Date.parse(job.launchBlockedSince)) / 1_000;
  return seconds > maxBlockedMinutes * 60 ? seconds : null;
}
