import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestModule, Vitest } from 'vitest/node';

/**
 * Writes the numbers of tests of each project of a workspace to `.turbo/tests-<project>.json`, so that `npm test` can add up all
 * workspaces. turbo restores these files for tests that it does not run again.
 */
export function createResultReporter(): Reporter {
  let vitest: Vitest;
  return {
    onInit(started) {
      vitest = started;
    },
    onTestRunEnd(testModules) {
      const folder = join(vitest.config.root, '.turbo');
      mkdirSync(folder, { recursive: true });
      for (const { name } of vitest.projects) {
        const modules = testModules.filter((testModule) => testModule.project.name === name);
        writeFileSync(join(folder, `tests-${name}.json`), JSON.stringify(resultsOf(modules)));
      }
    },
  };
}

function resultsOf(testModules: readonly TestModule[]) {
  const tests = testModules.flatMap((testModule) => [...testModule.children.allTests()]);
  const withState = (state: string) => tests.filter((test) => test.result().state === state);
  return {
    passed: withState('passed').length,
    // A file that cannot be loaded has no tests.
    failed: withState('failed').length + testModules.filter((one) => one.errors().length > 0).length,
    skipped: withState('skipped').map((test) => {
      const result = test.result();
      return { name: test.fullName, why: ('note' in result && result.note) || null };
    }),
  };
}
