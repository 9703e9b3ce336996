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

it('adds up all workspaces, and says what was skipped and why', () => {
  const variant = { name: '8K', why: 'a variant' };
  write('apps/cli', 'unit', { passed: 5, failed: 1, skipped: [] });
  write('packages/media', 'integration', {
    passed: 7,
    failed: 0,
    skipped: [variant, { ...variant, name: '4K' }],
  });
  write('infra', 'unit', { passed: 1, failed: 0, skipped: [{ name: 'needs (strace)', why: null }] });
  expect(sumTestResults(root)).toEqual([
    '17 tests: 13 passed, 1 failed, 3 skipped',
    '  skipped 2: a variant',
    '  skipped 1: needs (strace)',
  ]);
  removeTestResults(root);
  expect(sumTestResults(root)).toEqual(['0 tests: 0 passed, 0 failed, 0 skipped']);
});
