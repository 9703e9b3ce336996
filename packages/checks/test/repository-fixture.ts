import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A repository in a temporary folder, removed when the `using` block ends. */
export interface RepositoryFixture extends Disposable {
  root: string;
}

/** Writes `files` (text by path) as a repository; each workspace that they name gets its package.json. */
export function repositoryFixture(files: Record<string, string>): RepositoryFixture {
  const root = mkdtempSync(join(tmpdir(), 'fyrestream-checks-'));
  const workspaces = Object.keys(files).flatMap((path) => /^(?:apps|packages)\/[^/]+/.exec(path) ?? []);
  for (const workspace of ['packages/events', 'packages/cloud', 'apps/worker', ...workspaces]) {
    const name = `@fyrestream/${workspace.split('/')[1]}`;
    write(root, `${workspace}/package.json`, JSON.stringify({ name }));
  }
  for (const [path, text] of Object.entries(files)) write(root, path, text);
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
