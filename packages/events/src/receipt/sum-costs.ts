import { z } from 'zod';
import type { JobRecord } from '../job-record.ts';
import { profileNameOf } from '../profiles/profile-name-of.ts';
import { tenantOf } from '../scheduling/tenant.ts';
import { jobCostOf } from './job-cost.ts';

const dollars = z.number().nonnegative();

/** By day (UTC) on which a job ended, by tenant, or by the profile that decided what was made. */
export const costGroupingSchema = z.enum(['day', 'tenant', 'profile']);
export type CostGrouping = z.infer<typeof costGroupingSchema>;

/** What the jobs of a day, tenant or profile cost together. */
export const costGroupSchema = z.strictObject({
  /** `2026-11-30`, or the name of a tenant or profile. */
  name: z.string(),
  jobs: z.int().nonnegative(),
  /** Of `jobs`, those without a receipt: an earlier release admitted them. They are not in the sums. */
  jobsWithoutReceipt: z.int().nonnegative(),
  totalUsd: dollars,
  computeUsd: dollars,
  requestsUsd: dollars,
  storageUsdPerMonth: dollars,
  /** Of the jobs that have both a receipt and an estimate. */
  estimateUsd: dollars,
  tasks: z.int().nonnegative(),
  taskSeconds: z.int().nonnegative(),
  spotSeconds: z.int().nonnegative(),
});
export type CostGroup = z.infer<typeof costGroupSchema>;

const summed = [
  ...(['totalUsd', 'computeUsd', 'requestsUsd', 'storageUsdPerMonth'] as const),
  ...(['tasks', 'taskSeconds', 'spotSeconds'] as const),
];

/** @returns the groups by name */
export function sumCosts(jobs: readonly JobRecord[], by: CostGrouping): CostGroup[] {
  const groups = new Map<string, CostGroup>();
  for (const job of jobs) {
    const name = nameOf[by](job);
    groups.set(name, addJob(groups.get(name) ?? emptyGroup(name), job));
  }
  return [...groups.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const nameOf: Record<CostGrouping, (job: JobRecord) => string> = {
  day: (job) => costTimeOf(job).slice(0, 'YYYY-MM-DD'.length),
  tenant: ({ upload }) => tenantOf(upload.key),
  profile: profileNameOf,
};

/** When a job counts: at its end, or at its last change before. */
export function costTimeOf({ finishedAt, updatedAt }: Pick<JobRecord, 'finishedAt' | 'updatedAt'>): string {
  return finishedAt ?? updatedAt;
}

function addJob(group: CostGroup, job: JobRecord): CostGroup {
  const cost = jobCostOf(job);
  const counted = { ...group, jobs: group.jobs + 1 };
  if (cost === null) return { ...counted, jobsWithoutReceipt: group.jobsWithoutReceipt + 1 };
  const sums = summed.map((field) => [field, group[field] + cost[field]]);
  return {
    ...counted,
    ...Object.fromEntries(sums),
    estimateUsd: group.estimateUsd + (cost.estimateUsd ?? 0),
  };
}

function emptyGroup(name: string): CostGroup {
  return {
    ...{ name, jobs: 0, jobsWithoutReceipt: 0, totalUsd: 0, computeUsd: 0, requestsUsd: 0 },
    ...{ storageUsdPerMonth: 0, estimateUsd: 0, tasks: 0, taskSeconds: 0, spotSeconds: 0 },
  };
}
