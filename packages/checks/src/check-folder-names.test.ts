import { expect, it } from 'vitest';
import { repositoryFixture } from '../test/repository-fixture.ts';
import { checkFolderNames } from './check-folder-names.ts';
import { formatFinding } from './finding.ts';

it('reports a vague folder once', () => {
  using repository = repositoryFixture({
    'packages/events/src/utils/a.ts': '',
    'packages/events/src/utils/deep/b.ts': '',
  });
  expect(checkFolderNames(repository.root).map(formatFinding)).toEqual([
    'packages/events/src/utils/a.ts:1: folder-name: rename packages/events/src/utils after what its files are about',
  ]);
});

it('accepts other folders, and leaves out what tools made', () => {
  using repository = repositoryFixture({
    'packages/events/src/units/a.ts': '',
    'apps/worker/node_modules/lib/a.js': '',
    'apps/worker/dist/utils/a.js': '',
  });
  expect(checkFolderNames(repository.root)).toEqual([]);
});
