import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { announce } from './announce.mjs';
import { repository } from './repository.mjs';
import { runTool } from './run-tool.mjs';

const stampFile = join(repository, 'node_modules', '.fyrestream-installed');

/** Installs what the lockfile names, with the pnpm that package.json pins; nothing to do where that is there. */
export async function installDependencies() {
  if (readText(stampFile) === installedState()) return;
  const { packageManager } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  await announce('installing the dependencies from the lockfile', () =>
    runTool('npx', ['-y', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'], {
      cwd: repository,
      onFailure: 'The dependencies could not be installed: is the npm registry in reach?',
    }),
  );
  writeFileSync(stampFile, installedState());
}

/** What is asked for and what pnpm says it installed: either may change behind our back. */
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
    return undefined; // not there yet: so it differs from whatever is
  }
}
