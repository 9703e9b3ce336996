import { delimiter } from 'node:path';
import { commandFolder } from './repository.mjs';

/**
 * The environment for tools: the repository's own pnpm, turbo and Node before those of the machine
 * (turbo gives up without a pnpm on its path), and nobody phones home.
 */
export function toolEnvironment() {
  return {
    ...process.env,
    PATH: `${commandFolder}${delimiter}${process.env.PATH ?? ''}`,
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
  };
}
