import type { Finding } from '../finding.ts';

const junkDrawers = new Set(['helpers', 'utils', 'lib', 'common']);

/** No junk drawers: a folder is named after what its files are about. One finding for each such folder. */
export function foldersSayWhat(paths: readonly string[]): Finding[] {
  const firstFileByFolder = new Map<string, string>();
  for (const path of paths) {
    const folders = path.split('/').slice(0, -1);
    const depth = folders.findIndex((folder) => junkDrawers.has(folder));
    if (depth < 0) continue;
    const folder = folders.slice(0, depth + 1).join('/');
    if (!firstFileByFolder.has(folder)) firstFileByFolder.set(folder, path);
  }
  return [...firstFileByFolder].map(([folder, path]) => ({
    path,
    line: 1,
    rule: 'junk-drawer',
    advice: `name ${folder} after what its files are about`,
  }));
}
