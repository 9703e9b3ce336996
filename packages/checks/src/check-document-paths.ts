import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { documentPaths } from './document-paths.ts';
import type { Finding } from './finding.ts';
import { listFiles } from './repository-files.ts';

/** Reports paths that do not exist in the Markdown files of the repository's root and of docs. A path with `*` must match at least one file. */
export function checkDocumentPaths(root: string): Finding[] {
  const documents = [
    ...globSync('*.md', { cwd: root }),
    ...listFiles(root, 'docs').filter((path) => path.endsWith('.md')),
  ];
  return documents
    .filter((document) => existsSync(join(root, document)))
    .flatMap((document) =>
      documentPaths(readFileSync(join(root, document), 'utf8'))
        .filter((named) => !exists(root, resolvePath(document, named.path, named.relative)))
        .map(({ path, line }) => ({
          path: document,
          line,
          rule: 'document-path',
          advice: `${path} does not exist: name the path as it is now`,
        })),
    );
}

function resolvePath(document: string, path: string, relative: boolean): string {
  if (path.startsWith('/')) return path.slice(1);
  return relative ? posix.join(posix.dirname(document), path) : posix.normalize(path);
}

function exists(root: string, path: string): boolean {
  return path.includes('*') ? globSync(path, { cwd: root }).length > 0 : existsSync(join(root, path));
}
