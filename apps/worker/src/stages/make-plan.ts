import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { findPidMoves } from '../moved-streams.ts';
import type { StoredPlan } from '../stored-plan.ts';
import { planSource } from './plan-source.ts';

/** Downloads the source and plans its encodes. */
export async function makePlan(work: JobContext, { signal }: ActiveClaim): Promise<StoredPlan> {
  const { source, settings, log, ffmpeg } = work;
  const pidMoves = await findPidMoves(await source.fetch(signal), signal);
  const path = await source.fetch(signal, pidMoves);
  const stored = await planSource(ffmpeg, path, settings.ladder, signal, pidMoves);
  log.info({ plan: stored.plan }, 'job-planned');
  return stored;
}
