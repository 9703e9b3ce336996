import type { Scratch } from './create-scratch.ts';
import type { MediaStages } from './stages/media-stages.ts';
import type { WorkerServices } from './worker-services.ts';

/** What a worker is created with. */
export interface WorkerDependencies extends WorkerServices {
  readonly stages: MediaStages;
  readonly openScratch: (parentDirectory: string) => Promise<Scratch>;
  /** Unique for each process: two processes with the same request must not share a claim. */
  readonly instanceId: string;
}
