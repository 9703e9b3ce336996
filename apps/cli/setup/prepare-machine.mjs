import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFfmpeg, requireFfmpegOrInstaller } from './ffmpeg.mjs';
import { findNode } from './find-node.mjs';
import { repository } from './repository.mjs';
import { runTool } from './run-process.mjs';
import { reportStep } from './setup-error.mjs';

const stampFile = join(repository, 'node_modules', '.fyrestream-installed');

/** Everything that a fresh clone needs before the first build. Finished steps are skipped. */
export async function prepareMachine() {
  await requireFfmpegOrInstaller();
  await installDependencies();
  findNode(); // Reports a Node that is too old before ffmpeg is installed.
  await ensureFfmpeg();
}

/** Installs the dependencies from the lockfile, with the pnpm that package.json pins, unless they are up to date. */
export async function installDependencies() {
  if (readText(stampFile) === installedState()) return;
  const { packageManager } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  await reportStep('installing the dependencies from the lockfile', () =>
    runTool('npx', ['-y', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'], {
      cwd: repository,
      onFailure: 'The dependencies could not be installed: can this machine reach the npm registry?',
    }),
  );
  writeFileSync(stampFile, installedState());
}

/** A hash of what the lockfile requests and of what pnpm has installed. A person may change either. */
function installedState() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const path of [
    'package.json',
    'pnpm-workspace.yaml',
    'pnpm-lock.yaml',
    'node_modules/.pnpm/lock.yaml',
  ]) {
    hash.update(readText(join(repository, path)) ?? '').update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // does not exist yet
  }
}
