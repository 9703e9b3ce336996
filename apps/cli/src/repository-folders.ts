import { join } from 'node:path';
import { repository } from '../setup/repository.mjs';

/** Everything that running Fyrestream on this machine leaves behind. */
const stateFolder = join(repository, '.fyrestream');

/** Where the local cloud keeps its state unless it is told otherwise. */
export const defaultDataDirectory = join(stateFolder, 'data');

/** One file per running local cloud. */
export const runningCloudsFolder = join(stateFolder, 'running');

/** The clip that `start` makes where it is given none. */
export const sampleClipPath = join(stateFolder, 'sample', 'fyrestream-sample.mp4');

/** What `start` brings home, one folder per file. */
export const publishedFolder = join(stateFolder, 'outputs');

/** The stage of the worker that plans, as a module of its own. */
export const planBundle = join(repository, 'apps', 'worker', 'dist', 'plan.mjs');
