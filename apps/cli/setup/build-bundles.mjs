import { existsSync, lstatSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandFolder, repository } from './repository.mjs';
import { runTool, toolEnvironment } from './run-process.mjs';
import { reportStep } from './setup-error.mjs';

const bundles = [
  'api/dist/main.mjs',
  'cli/dist/main.mjs',
  'console/dist/index.html',
  'invoker/dist/main.mjs',
  'notifier/dist/main.mjs',
  'poller/dist/main.mjs',
  'worker/dist/main.mjs',
  'worker/dist/plan.mjs',
].map((path) => join(repository, 'apps', path));
const stampFile = join(repository, 'node_modules', '.fyrestream-built');

/** Builds the bundles unless no source changed since the last build. The check compares file times and takes milliseconds. */
export async function buildBundles() {
  const builtAt = newestSource([stampFile]);
  const startedAt = new Date();
  if (bundles.every((bundle) => existsSync(bundle)) && newestSource(sources()) < builtAt) return;
  await reportStep('building', () =>
    runTool(join(commandFolder, 'turbo'), ['run', 'build', '--output-logs=errors-only', '--no-color'], {
      cwd: repository,
      env: toolEnvironment(),
      onFailure: 'The build failed.',
    }),
  );
  writeFileSync(stampFile, '');
  // A file that is edited during the build is newer than this time, so the next command builds again.
  utimesSync(stampFile, startedAt, startedAt);
}

function sources() {
  return ['apps', 'packages', 'package.json', 'pnpm-lock.yaml', 'turbo.json'].map((path) =>
    join(repository, path),
  );
}

const ignored = new Set(['node_modules', 'dist', 'coverage', 'test', 'bench', 'bin', 'checks']);

/**
 * The time of the last change below `paths`, in milliseconds; 0 where nothing exists there.
 * The time of a folder counts too: it is that of the last file created or removed in it.
 * @param {string[]} paths
 * @returns {number}
 */
export function newestSource(paths) {
  return Math.max(0, ...paths.map(newest));
}

/**
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (!status) return 0;
  if (!status.isDirectory()) return status.mtimeMs;
  let latest = isInSourceFolder(path) ? status.mtimeMs : 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (ignored.has(entry.name) || entry.name.startsWith('.') || entry.name.includes('.test.')) continue;
    latest = Math.max(latest, newest(join(path, entry.name)));
  }
  return latest;
}

/**
 * Each build changes the time of the folder of a workspace, so only the times of folders below `src` count.
 * @param {string} path
 */
function isInSourceFolder(path) {
  return path.split(/[\\/]/).includes('src');
}
