import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const madeByTools = new Set(['node_modules', 'dist', 'coverage', '.git', '.turbo', '.fyrestream']);

/** @returns the folders of the workspaces (`packages/events`, …), relative to the repository, sorted. */
export function listWorkspaces(root: string): string[] {
  const nested = ['apps', 'packages'].flatMap((group) =>
    listFolder(root, group).map((name) => `${group}/${name}`),
  );
  return [...nested, 'infra'].filter((folder) => existsSync(join(root, folder, 'package.json'))).sort();
}

/** @returns every file below `folder`, relative to the repository, without generated files, sorted. */
export function listFiles(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !madeByTools.has(entry.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listFiles(root, path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}

/** @returns every TypeScript and JavaScript file of the workspaces, tests included, relative to the repository. */
export function listSources(root: string): string[] {
  return listWorkspaces(root)
    .flatMap((workspace) => listFiles(root, workspace))
    .filter((path) => /\.[cm]?[jt]s$/.test(path));
}

function listFolder(root: string, folder: string): string[] {
  return existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
}
