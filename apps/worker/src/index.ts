export type { Scratch } from './create-scratch.ts';
export { createWorker } from './create-worker.ts';
export type { JobContext } from './job-context.ts';
export { publishVersion } from './publication/publish-version.ts';
export { createFfmpeg, type Ffmpeg } from './run-ffmpeg.ts';
export type { MediaStages } from './stages/media-stages.ts';
export type { Timers } from './timers.ts';
export type { WorkerDependencies } from './worker-dependencies.ts';
export type { WorkerSettings } from './worker-services.ts';
