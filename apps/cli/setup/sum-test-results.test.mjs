import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeTestResults, sumTestResults } from './sum-test-results.mjs';

/** @type {string} */
let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fyrestream-results-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** @param {string} workspace @param {string} project @param {object} results */
function write(workspace, project, results) {
  mkdirSync(join(root, workspace, '.turbo'), { recursive: true });
  writeFileSync(join(root, workspace, '.turbo', `tests-${project}.json`), JSON.stringify(results));
}

it('adds up all workspaces, and says what was skipped, what failed, and why', () => {
  const variant = { name: '8K', why: 'a variant' };
  write('apps/cli', 'unit', {
    passed: 5,
    failed: [{ name: 'a.test.ts > adds', error: 'expected 3 to be 4\n\n- 4\n+ 3' }],
    skipped: [],
  });
  write('packages/media', 'integration', {
    passed: 7,
    failed: [],
    skipped: [variant, { ...variant, name: '4K' }],
  });
  write('infra', 'unit', { passed: 1, failed: [], skipped: [{ name: 'needs (strace)', why: null }] });
  expect(sumTestResults(root)).toEqual([
    '17 tests: 13 passed, 1 failed, 3 skipped',
    '  skipped 2: a variant',
    '  skipped 1: needs (strace)',
    '  failed: a.test.ts > adds',
    '    expected 3 to be 4',
    '    ',
    '    - 4',
    '    + 3',
  ]);
  removeTestResults(root);
  expect(sumTestResults(root)).toEqual(['0 tests: 0 passed, 0 failed, 0 skipped']);
});
