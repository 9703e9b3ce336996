import { defaultLadderConfig } from '@fyrestream/events';
import type { EncodePlan } from '@fyrestream/media';
import { planLocalFile } from '@fyrestream/worker';

/** The plan that the pipeline makes for a file, with the default ladder. */
export async function planMaterial(path: string): Promise<EncodePlan> {
  const { plan } = await planLocalFile(path, defaultLadderConfig, new AbortController().signal);
  return plan;
}
