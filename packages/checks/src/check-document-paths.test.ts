import { expect, it } from 'vitest';
import { repositoryFixture } from '../test/repository-fixture.ts';
import { checkDocumentPaths } from './check-document-paths.ts';
import { formatFinding } from './finding.ts';

function findings(files: Record<string, string>): string[] {
  using repository = repositoryFixture(files);
  return checkDocumentPaths(repository.root).map(formatFinding);
}

it.each([
  ['a path in backticks', 'See\n`apps/worker/src/gone.ts`.', 2, 'apps/worker/src/gone.ts'],
  ['a path within a command', '`node apps/cli/gone.mjs --now`', 1, 'apps/cli/gone.mjs'],
  ['a path with a line number', '`packages/events/gone.ts:12`', 1, 'packages/events/gone.ts'],
  ['a link', '[the map](docs/gone.md#journey)', 1, 'docs/gone.md'],
  ['a link by reference', '[map]: docs/gone.md', 1, 'docs/gone.md'],
  ['a pattern that matches nothing', '`packages/*/gone.ts`', 1, 'packages/*/gone.ts'],
])('reports %s that does not exist', (_, text, line, path) => {
  expect(findings({ 'README.md': text })).toEqual([
    `README.md:${line}: document-path: ${path} does not exist: name the path as it is now`,
  ]);
});

it('resolves links from the folder of the document and code from the repository', () => {
  const text = '[back](../README.md) [sibling](b.md) `packages/events/package.json` `packages/*`';
  expect(findings({ 'README.md': '', 'docs/a.md': text, 'docs/b.md': '' })).toEqual([]);
  expect(findings({ 'docs/decisions/a.md': '[b](../b.md)' })).toHaveLength(1);
});

it('leaves out examples, other sites, output paths and what tools make', () => {
  const text = [
    '```text\napps/not/there.ts\n```',
    '~~~\n[x](gone.md)\n~~~',
    '[site](https://example.org/gone) [mail](mailto:a@example.org) [here](#there)',
    '`outputs/holiday.mov/master.m3u8` `apps/worker/dist/main.mjs` `and/or`',
  ].join('\n');
  expect(findings({ 'README.md': text })).toEqual([]);
});
