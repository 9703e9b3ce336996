import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const passedBy = new Set(['node_modules', 'dist', 'coverage', 'test', 'bench', 'bin', 'checks']);

/**
 * When anything below `paths` last changed, in milliseconds; 0 where nothing is there.
 * Folders count too: their time is that of the last file made or removed in them.
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
  let latest = sourceFolder(path) ? status.mtimeMs : 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (passedBy.has(entry.name) || entry.name.startsWith('.') || entry.name.includes('.test.')) continue;
    latest = Math.max(latest, newest(join(path, entry.name)));
  }
  return latest;
}

/**
 * The time of a workspace's own folder changes with each build in it: only that of folders below `src` tells.
 * @param {string} path
 */
function sourceFolder(path) {
  return path.split(/[\\/]/).includes('src');
}
