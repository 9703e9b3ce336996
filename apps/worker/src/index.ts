export { createFfmpeg, type Ffmpeg } from './run-ffmpeg.ts';
export { createWorker } from './transcode.ts';
export type { WorkerDependencies, WorkerSettings } from './worker.ts';
