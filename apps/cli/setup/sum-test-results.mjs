import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{
 *   passed: number,
 *   failed: { name: string, error: string }[],
 *   skipped: { name: string, why: string | null }[],
 * }} TestResults
 */

const shownNames = 3;
const shownErrorLines = 6;

/**
 * The files that the tests of all workspaces write, `vitest.reporter.ts`.
 * @param {string} root the folder of the repository
 * @returns {string[]}
 */
function findTestResults(root) {
  const children = (/** @type {string} */ folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder)).map((name) => join(root, folder, name))
      : [];
  return [...children('apps'), ...children('packages'), join(root, 'infra')]
    .map((workspace) => join(workspace, '.turbo'))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => /[\\/]tests-[a-z0-9]+\.json$/.test(path));
}

/**
 * Removes the results of earlier runs.
 * @param {string} root
 */
export function removeTestResults(root) {
  for (const path of findTestResults(root)) rmSync(path);
}

/**
 * The sum of all results, what was skipped with its reasons, and what failed with its errors, as lines.
 * @param {string} root
 * @returns {string[]}
 */
export function sumTestResults(root) {
  /** @type {TestResults[]} */
  const results = findTestResults(root).map((path) => JSON.parse(readFileSync(path, 'utf8')));
  const skipped = results.flatMap((result) => result.skipped);
  const failed = results.flatMap((result) => result.failed);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const total = passed + failed.length + skipped.length;
  /** @type {Map<string, TestResults['skipped']>} */
  const byReason = new Map();
  for (const test of skipped) byReason.set(test.why ?? '', [...(byReason.get(test.why ?? '') ?? []), test]);
  const reasons = [...byReason].map(([why, tests]) => `  skipped ${tests.length}: ${why || namesOf(tests)}`);
  return [
    `${total} tests: ${passed} passed, ${failed.length} failed, ${skipped.length} skipped`,
    ...reasons,
    ...failed.flatMap(describeFailure),
  ];
}

/** The output of turbo has the whole error, often thousands of lines above. @param {TestResults['failed'][number]} failure */
function describeFailure({ name, error }) {
  const lines = error.split('\n').slice(0, shownErrorLines);
  return [`  failed: ${name}`, ...lines.map((line) => `    ${line}`)];
}

/** Of tests that give no reason; a name may contain it. @param {{ name: string }[]} tests */
function namesOf(tests) {
  const names = tests.slice(0, shownNames).map(({ name }) => name);
  return `${names.join('; ')}${tests.length > shownNames ? '; …' : ''}`;
}
