import { pathToFileURL } from 'node:url';
import type { LadderPreset, TaskSize } from '@fyrestream/events';
import type { CostEstimate, EncodePlan, SourceFacts } from '@fyrestream/media';
import type { LocalFile } from '../files/local-file.ts';
import { planBundle } from '../repository-folders.ts';

/** What would be made of a file, and by what. */
export interface PlannedUpload {
  readonly facts: SourceFacts;
  readonly plan: EncodePlan;
  readonly size: TaskSize;
  readonly cost: CostEstimate;
}

/** What the worker's bundle exports. */
interface PlanModule {
  planFile(
    path: string,
    ladder: LadderPreset,
    signal: AbortSignal,
  ): Promise<Pick<PlannedUpload, 'facts' | 'plan'>>;
}

/**
 * Plans a file as a worker would, without encoding it.
 * @throws what the worker throws: a refusal with its reason where the file cannot become a stream
 */
export async function planUpload(
  file: LocalFile,
  ladder: LadderPreset,
  signal: AbortSignal,
): Promise<PlannedUpload> {
  const [{ planFile }, { estimateCost, fargatePrices, sizeTask }] = await Promise.all([
    import(pathToFileURL(planBundle).href) as Promise<PlanModule>,
    import('@fyrestream/media'),
  ]);
  const { facts, plan } = await planFile(file.path, ladder, signal);
  const source = {
    sizeBytes: file.sizeBytes,
    durationSeconds: plan.durationSeconds,
    ...(plan.video?.displaySize ?? { width: 0, height: 0 }),
  };
  const size = sizeTask(source);
  return { facts, plan, size, cost: estimateCost(source, size, fargatePrices.x86_64) };
}
