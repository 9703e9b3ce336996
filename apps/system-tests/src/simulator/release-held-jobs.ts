import type { SimulatedPipeline } from './simulated-pipeline.ts';

/** A user releases jobs that are held for their cost. */
export function releaseHeldJobs(pipeline: SimulatedPipeline, jobIds: readonly string[]): void {
  for (const jobId of jobIds) {
    pipeline.start('user-release', async (self) => {
      await pipeline.ledgerFor(self).advance(jobId, { kind: 'released' });
    });
  }
}
