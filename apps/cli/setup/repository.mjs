import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, absolute. */
export const repository = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** The folder with the commands of the dependencies, such as pnpm, turbo and Node 24. */
export const commandFolder = join(repository, 'node_modules', '.bin');

/** The bundle that `npm start` and `pnpm fyrestream` run. */
export const commandLineBundle = join(repository, 'apps', 'cli', 'dist', 'main.mjs');
