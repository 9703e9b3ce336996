// npm test [-- TURBO OPTIONS…]: every test, from a fresh clone; the options are those of `turbo run test`.
import { join } from 'node:path';
import { tellFailure } from './announce.mjs';
import { prepareMachine } from './prepare-machine.mjs';
import { commandFolder, repository } from './repository.mjs';
import { runAttached } from './run-attached.mjs';
import { toolEnvironment } from './tool-environment.mjs';

try {
  await prepareMachine();
  // turbo builds what the tests need, as far as it changed.
  process.exitCode = await runAttached(
    join(commandFolder, 'turbo'),
    ['run', 'test', '--continue=dependencies-successful', ...process.argv.slice(2)],
    { cwd: repository, env: toolEnvironment() },
  );
} catch (error) {
  tellFailure(error);
  process.exitCode = 1;
}
