import { settingsSchema } from '@fyrestream/events';
import type { EncodePlan } from '@fyrestream/media';
import { planLocalFile } from '@fyrestream/worker';

/** The plan that the pipeline makes for a file, with the settings of a stack that sets none. */
export async function planMaterial(path: string): Promise<EncodePlan> {
  const { plan } = await planLocalFile(path, settingsSchema.parse({}), new AbortController().signal);
  return plan;
}
