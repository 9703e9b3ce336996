// npm test [-- TURBO OPTIONS…]: runs every test, also in a fresh clone. The options are those of `turbo run test`.
import { join } from 'node:path';
import { prepareMachine } from './prepare-machine.mjs';
import { commandFolder, repository } from './repository.mjs';
import { runAttached, toolEnvironment } from './run-process.mjs';
import { reportFailure } from './setup-error.mjs';
import { removeTestResults, sumTestResults } from './sum-test-results.mjs';

try {
  await prepareMachine();
  removeTestResults(repository);
  // turbo builds what the tests need and has changed.
  process.exitCode = await runAttached(
    join(commandFolder, 'turbo'),
    ['run', 'test', '--continue=dependencies-successful', ...process.argv.slice(2)],
    { cwd: repository, env: toolEnvironment() },
  );
  process.stdout.write(`\n${sumTestResults(repository).join('\n')}\n`);
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
