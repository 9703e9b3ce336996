import { pathToFileURL } from 'node:url';
import type { LadderConfig, Reason, TaskSize } from '@fyrestream/events';
import type { CostEstimate, EncodePlan, SourceFacts, TaskPlatform, WorkerLimits } from '@fyrestream/media';
import type { LocalFile } from '../files/local-file.ts';
import { planBundle } from '../repository-paths.ts';

/** The plan for a file, and the tasks that would encode it. */
export interface LocalFilePlan {
  readonly facts: SourceFacts;
  readonly plan: EncodePlan;
  /** Of each task. */
  readonly size: TaskSize;
  /** How many tasks would share the work. */
  readonly workers: number;
  /** Of all tasks. */
  readonly cost: CostEstimate;
  /** What the ladder lacks for this source, as one sentence; null if nothing. */
  readonly ladderLacks: string | null;
}

/** The exports of the plan bundle of the worker. */
interface PlanModule {
  planLocalFile(
    path: string,
    settings: { ladder: LadderConfig; unitSeconds: number },
    signal: AbortSignal,
  ): Promise<Pick<LocalFilePlan, 'facts' | 'plan'>>;
}

/**
 * Plans a file as a worker would, without encoding it.
 * @param platform where the tasks would run: it decides the cost
 * @throws what the worker throws: a `MediaRefusal` with its reason where the file cannot be encoded
 */
export async function planLocalFile(
  file: LocalFile,
  {
    ladder,
    unitSeconds,
    platform,
    limits,
  }: { ladder: LadderConfig; unitSeconds: number; platform: TaskPlatform; limits: WorkerLimits },
  signal: AbortSignal,
): Promise<LocalFilePlan> {
  const [worker, media] = await Promise.all([
    import(pathToFileURL(planBundle).href) as Promise<PlanModule>,
    import('@fyrestream/media'),
  ]);
  const { facts, plan } = await worker.planLocalFile(file.path, { ladder, unitSeconds }, signal);
  const source = { sizeBytes: file.sizeBytes, durationSeconds: facts.durationSeconds };
  const size = media.sizeTask(media.workOfPlan(plan, source));
  const prices = media.fargatePrices(platform);
  const { workers, cost } = media.estimatePlan(plan, source, size, { ...limits, prices });
  return { facts, plan, size, workers, cost, ladderLacks: media.describeLadderGap(plan) };
}

/** The reason for which the worker refuses a file; null for any other failure. */
export function refusalReason(error: unknown): Reason | null {
  // Checks the name, not the class: the plan bundle has its own copy of the class.
  if (!(error instanceof Error && error.name === 'MediaRefusal' && 'code' in error)) return null;
  return { code: String(error.code), message: error.message, retryable: false };
}
