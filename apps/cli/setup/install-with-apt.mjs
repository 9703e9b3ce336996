import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runTool } from './run-tool.mjs';

/** Only root may, and only Debian and its children have apt. */
export function canInstallWithApt() {
  return process.getuid?.() === 0 && isOnPath('apt-get');
}

/** @param {string} packageName */
export async function installWithApt(packageName) {
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    onFailure: `${packageName} could not be installed with apt-get: install it by hand and try again.`,
  };
  // On a young machine another apt may hold the lock for a while.
  const patient = ['-o', 'DPkg::Lock::Timeout=120'];
  // One broken source among many fails the update; whether the package is there is for the installation to say.
  await runTool('apt-get', [...patient, 'update'], options).catch(() => undefined);
  await runTool('apt-get', [...patient, 'install', '-y', '--no-install-recommends', packageName], options);
}

/** @param {string} program */
function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
