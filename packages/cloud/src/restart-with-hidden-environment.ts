import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processEnvironment } from './environment.ts';

/** Set in the restarted process: its standard input contains the environment. */
const marker = 'FYRESTREAM_ENVIRONMENT_ON_STDIN';

/** Read by Node, the C library or the dynamic linker while the process starts; all other variables can be set later. */
const neededAtStart = /^(PATH|LANG|LC_.*|TZ|TMPDIR|NODE_.*|LD_LIBRARY_PATH|SSL_CERT_.*)$/;

/**
 * Replaces this process by the same program without secrets in its initial environment: on Linux, any process of the same
 * user can read that from `/proc/PID/environ` for as long as the process runs, also after variables are deleted. The
 * environment is passed on through standard input and set again. Files that the process inherited are closed: its children would
 * inherit them too. Must run before anything else.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html
 */
export function restartWithHiddenEnvironment(): void {
  if (process.platform !== 'linux') return;
  if (processEnvironment[marker] === undefined) restart();
  else restore();
}

function restart(): void {
  const path = join(tmpdir(), `fyrestream-environment-${process.pid}`);
  writeFileSync(path, JSON.stringify(processEnvironment), { mode: 0o600, flag: 'wx' });
  // The first free descriptor is used for the next file: 0, the only kind of descriptor that `execve` keeps open is 0 to 2.
  closeSync(0);
  openSync(path, 'r');
  unlinkSync(path);
  closeInheritedFiles();
  const kept = Object.entries(processEnvironment).filter(([name]) => neededAtStart.test(name));
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], {
    ...Object.fromEntries(kept),
    [marker]: 'true',
  });
}

/** For example those of the ledger of a local cloud, whose database opens them without `O_CLOEXEC`. */
function closeInheritedFiles(): void {
  for (const descriptor of readdirSync('/proc/self/fd').map(Number)) {
    if (descriptor > 2 && isFile(descriptor)) closeSync(descriptor);
  }
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    // The descriptor with which the list was read is closed.
    return false;
  }
}

function restore(): void {
  const environment: NodeJS.ProcessEnv = JSON.parse(readFileSync(0, 'utf8'));
  closeSync(0);
  openSync('/dev/null', 'r');
  delete processEnvironment[marker];
  Object.assign(processEnvironment, environment);
}
