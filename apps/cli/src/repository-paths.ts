import { join } from 'node:path';
import { repository } from '../setup/repository.mjs';

/** All files that Fyrestream writes on this machine. */
const stateFolder = join(repository, '.fyrestream');

/** The default data directory of the local cloud. */
export const defaultDataDirectory = join(stateFolder, 'data');

/** One file per running local cloud. */
export const runningCloudsFolder = join(stateFolder, 'running');

/** The clip that `start` makes where no file is named. */
export const sampleClipPath = join(stateFolder, 'sample', 'fyrestream-sample.mp4');

/** The downloads of `start`, one folder per file. */
export const startDownloadsFolder = join(stateFolder, 'outputs');

/** The page of `play`. */
export const playerFolder = join(repository, 'apps', 'cli', 'player');

/** The bundle of the API, and the web page that it serves; there may be none. */
export const apiBundle = join(repository, 'apps', 'api', 'dist', 'main.mjs');
export const consolePages = join(repository, 'apps', 'console', 'dist');

/** The bundle of the worker that plans a file. */
export const planBundle = join(repository, 'apps', 'worker', 'dist', 'plan.mjs');
