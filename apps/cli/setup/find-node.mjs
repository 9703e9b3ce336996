import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { commandFolder } from './repository.mjs';
import { SetupError } from './setup-error.mjs';

/** The first Node that strips types without a flag; the AWS SDK needs Node 22 too. */
const minNode = { major: 22, minor: 18 };

/**
 * @returns {string} a Node that runs Fyrestream: the locked Node 24 of the dependencies, or else this one
 * @throws {SetupError} `node-too-old`
 */
export function findNode(running = process.versions.node, folder = commandFolder) {
  const locked = join(folder, 'node');
  if (existsSync(locked)) return locked;
  if (runsFyrestream(running)) return process.execPath;
  throw new SetupError(
    'node-too-old',
    `Fyrestream needs Node ${minNode.major}.${minNode.minor} or newer on ${process.platform} ${process.arch}, and this is ${running}: install Node 24 and try again.`,
  );
}

/** @param {string} version such as `24.21.0` */
export function runsFyrestream(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > minNode.major || (major === minNode.major && minor >= minNode.minor);
}
