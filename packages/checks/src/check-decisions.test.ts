import { expect, it } from 'vitest';
import { repositoryFixture } from '../test/repository-fixture.ts';
import { checkDecisions } from './check-decisions.ts';

const record = (number: number) => `# ${number}. A title\n\nDate: 2026-11-29. Status: accepted.\n\nText.\n`;

it('accepts records with their own number, a date and a status', () => {
  using repository = repositoryFixture({
    'docs/decisions/0001-first.md': record(1),
    'docs/decisions/0002-second.md': record(2),
    'docs/decisions/README.md': 'A list.\n',
  });
  expect(checkDecisions(repository.root)).toEqual([]);
});

it('reports a number that is used twice, one that differs from the title, and a missing date', () => {
  using repository = repositoryFixture({
    'docs/decisions/0001-first.md': record(1),
    'docs/decisions/0001-second.md': record(1),
    'docs/decisions/0003-third.md': record(4),
    'docs/decisions/0004-fourth.md': '# 4. A title\n\nText.\n',
  });
  expect(checkDecisions(repository.root).map(({ path }) => path)).toEqual([
    'docs/decisions/0001-second.md',
    'docs/decisions/0003-third.md',
    'docs/decisions/0004-fourth.md',
  ]);
});
