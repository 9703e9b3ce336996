import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { nodeProblem } from '../../src/node-problem.mjs';

/** A Node on the path that is too old for the program; null if there is none. */
export function findOldNode(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, 'node')).filter((path) => existsSync(path));
  const versionOf = (path: string) =>
    String(execFileSync(path, ['--version']))
      .trim()
      .slice(1);
  return [...new Set(found)].find((path) => nodeProblem(versionOf(path)) !== null) ?? null;
}
