import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { announce } from './announce.mjs';
import { newestSource } from './newest-source.mjs';
import { commandFolder, repository } from './repository.mjs';
import { runTool } from './run-tool.mjs';
import { toolEnvironment } from './tool-environment.mjs';

const bundles = [
  'cli/dist/main',
  'invoker/dist/main',
  'poller/dist/main',
  'worker/dist/main',
  'worker/dist/plan',
].map((path) => join(repository, 'apps', `${path}.mjs`));
const stampFile = join(repository, 'node_modules', '.fyrestream-built');

/** Builds what runs, unless no source changed since the last time: a look at times, a few milliseconds. */
export async function buildBundles() {
  const builtAt = newestSource([stampFile]);
  const asked = new Date();
  if (bundles.every((bundle) => existsSync(bundle)) && newestSource(sources()) < builtAt) return;
  await announce('building', () =>
    runTool(join(commandFolder, 'turbo'), ['run', 'build', '--output-logs=errors-only', '--no-color'], {
      cwd: repository,
      env: toolEnvironment(),
      onFailure: 'The build failed.',
    }),
  );
  writeFileSync(stampFile, '');
  // What is edited while the build runs is newer than this, so the next command builds again.
  utimesSync(stampFile, asked, asked);
}

function sources() {
  return ['apps', 'packages', 'package.json', 'pnpm-lock.yaml', 'turbo.json'].map((path) =>
    join(repository, path),
  );
}
