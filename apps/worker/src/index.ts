export type { Scratch } from './create-scratch.ts';
export { createFfmpeg, type Ffmpeg } from './run-ffmpeg.ts';
export type { MediaStages } from './stages/media-stages.ts';
export { publishVersion } from './stages/publish-version.ts';
export type { Timers } from './timers.ts';
export { createWorker } from './transcode.ts';
export type { WorkerDependencies, WorkerSettings, WorkOnJob } from './worker.ts';
