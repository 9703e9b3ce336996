import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, absolute. */
export const repository = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** Where pnpm puts the commands of the dependencies: pnpm, turbo and Node 24 among them. */
export const commandFolder = join(repository, 'node_modules', '.bin');

/** The command that `npm start` and `pnpm fyrestream` run. */
export const commandLineBundle = join(repository, 'apps', 'cli', 'dist', 'main.mjs');
