import { repository } from './repository.mjs';

const scripts = new Set(['start', 'fyrestream']);

/**
 * The folder in which a person typed the command: npm and pnpm run scripts in the repository, however deep
 * in it the person stands, and keep the place in INIT_CWD. Programs below another script inherit that
 * variable, so it counts only for our own scripts, and only where nobody has moved since.
 */
export function callerFolder(environment = process.env, folder = process.cwd()) {
  const { INIT_CWD: typedIn, npm_lifecycle_event: script = '' } = environment;
  return typedIn && scripts.has(script) && folder === repository ? typedIn : folder;
}
