import { expect, it } from 'vitest';
import { repositoryFixture } from '../test/repository-fixture.ts';
import { checkGlossary } from './check-glossary.ts';
import { formatFinding } from './finding.ts';

function findings(files: Record<string, string>): string[] {
  using repository = repositoryFixture(files);
  return checkGlossary(repository.root).map(formatFinding);
}

const table = (terms: string[]) =>
  ['| term | meaning |', '| --- | --- |', ...terms.map((term) => `| ${term} | … |`), ''].join('\n');

it('accepts terms in any spelling that the code uses', () => {
  const code = 'const deadLetter = 1; // a track-manifest\nexport class GOP {}';
  expect(
    findings({
      'docs/glossary.md': table(['dead letter', 'track manifest', 'GOP']),
      'apps/worker/src/a.ts': code,
    }),
  ).toEqual([]);
});

it('reports a term that does not occur in the code', () => {
  expect(
    findings({ 'docs/glossary.md': table(['rung']), 'apps/worker/src/a.ts': 'const ladder = 1;' }),
  ).toEqual(['docs/glossary.md:3: glossary: "rung" does not occur in the code: remove or rename it']);
});

it('reports more than 40 terms', () => {
  const terms = Array.from({ length: 41 }, () => 'rung');
  expect(findings({ 'docs/glossary.md': table(terms), 'apps/worker/src/a.ts': 'const rung = 1;' })).toEqual([
    'docs/glossary.md:43: glossary: a glossary has at most 40 terms',
  ]);
});
