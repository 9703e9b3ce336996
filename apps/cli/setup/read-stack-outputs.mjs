import { repository } from './repository.mjs';
import { runTool } from './run-process.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * Reads the outputs of a deployed stack from Pulumi.
 * @param {string} stack
 * @returns {Promise<unknown>}
 * @throws {SetupError} `pulumi-missing`, `stack-unreadable`
 */
export async function readStackOutputs(stack) {
  const argv = ['stack', 'output', '--json', '--non-interactive', '--stack', stack];
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true' };
  const onFailure = `Pulumi cannot read the outputs of the stack ${stack}`;
  try {
    return JSON.parse(await runTool('pulumi', argv, { cwd: repository, env, onFailure }));
  } catch (cause) {
    throw isMissing(cause)
      ? new SetupError(
          'pulumi-missing',
          '--stack needs the pulumi command, and it is not installed: install it (https://www.pulumi.com/docs/install) and try again.',
          { cause },
        )
      : new SetupError('stack-unreadable', `${onFailure}: ${lastLine(cause)}`, { cause });
  }
}

/** @param {unknown} error */
function isMissing(error) {
  const cause = error instanceof SetupError ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}

/** @param {unknown} error */
function lastLine(error) {
  if (!(error instanceof SetupError)) return 'its output is not JSON.';
  return error.details.split('\n').findLast((line) => line.trim() !== '') ?? 'it printed nothing.';
}
