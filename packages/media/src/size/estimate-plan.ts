import type { TaskSize } from '@fyrestream/events';
import type { EncodePlan } from '../plan/encode-plan.ts';
import { countWorkers, type WorkerLimits } from './count-workers.ts';
import { type EncodeWork, workOfPlan } from './encode-work.ts';
import { type CostEstimate, estimateCost } from './estimate-cost.ts';
import type { FargatePrices } from './fargate-prices.ts';

export interface PlanEstimate {
  readonly work: EncodeWork;
  /** How many workers the plan wants, the leading one included. */
  readonly workers: number;
  readonly cost: CostEstimate;
}

/** The workers of a plan and what they cost together. @param source its size, and its duration where the plan has none */
export function estimatePlan(
  plan: EncodePlan,
  source: Parameters<typeof workOfPlan>[1],
  task: TaskSize,
  { prices, ...limits }: WorkerLimits & { readonly prices: FargatePrices },
): PlanEstimate {
  const work = workOfPlan(plan, source);
  const workers = countWorkers(work, task, plan, limits);
  return { work, workers, cost: estimateCost(work, task, prices, workers) };
}
