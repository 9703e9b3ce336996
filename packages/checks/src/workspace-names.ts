import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @returns the folder of each workspace by the name in its package.json. */
export function workspaceNames(root: string, workspaces: readonly string[]): Map<string, string> {
  return new Map(
    workspaces.map((folder) => {
      const manifest: { name?: string } = JSON.parse(
        readFileSync(join(root, folder, 'package.json'), 'utf8'),
      );
      return [manifest.name ?? folder, folder];
    }),
  );
}
