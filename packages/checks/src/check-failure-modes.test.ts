import { expect, it } from 'vitest';
import { repositoryFixture } from '../test/repository-fixture.ts';
import { checkFailureModes } from './check-failure-modes.ts';
import { formatFinding } from './finding.ts';

it('reports codes that are cited or defined only', () => {
  using repository = repositoryFixture({
    'docs/failure-modes.md': '| code | failure |\n| --- | --- |\n| F01 | a |\n| F02 | b |\n',
    'apps/worker/src/a.test.ts': "it('F01 decodes', f);\nit('F03 F01 ends', f);",
    'apps/worker/src/a.ts': "const notATest = 'F99';",
  });
  expect(checkFailureModes(repository.root).map(formatFinding)).toEqual([
    'apps/worker/src/a.test.ts:2: failure-mode: define F03 in docs/failure-modes.md',
    'docs/failure-modes.md:4: failure-mode: no test cites F02: remove it',
  ]);
});
