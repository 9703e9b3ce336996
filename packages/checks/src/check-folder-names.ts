import type { Finding } from './finding.ts';
import { listFiles, listWorkspaces } from './repository-files.ts';

const vagueNames = new Set(['helpers', 'utils', 'lib', 'common']);

/** Reports folders with names that do not describe their files. One finding per folder. */
export function checkFolderNames(root: string): Finding[] {
  const firstFileByFolder = new Map<string, string>();
  for (const path of listWorkspaces(root).flatMap((workspace) => listFiles(root, workspace))) {
    const folders = path.split('/').slice(0, -1);
    const depth = folders.findIndex((folder) => vagueNames.has(folder));
    if (depth < 0) continue;
    const folder = folders.slice(0, depth + 1).join('/');
    if (!firstFileByFolder.has(folder)) firstFileByFolder.set(folder, path);
  }
  return [...firstFileByFolder].map(([folder, path]) => ({
    path,
    line: 1,
    rule: 'folder-name',
    advice: `rename ${folder} after what its files are about`,
  }));
}
