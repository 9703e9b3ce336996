import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/**
 * Writes the results of each project of a workspace to `.turbo/tests-<project>.json`, so that `npm test` can add up all
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
    failed: [
      ...withState('failed').map((test) => ({
        name: nameOf(test.module, test),
        error: errorOf(test.result().errors),
      })),
      // A file that cannot be loaded has no tests.
      ...testModules
        .filter((testModule) => testModule.errors().length > 0)
        .map((testModule) => ({ name: nameOf(testModule), error: errorOf(testModule.errors()) })),
    ],
    skipped: withState('skipped').map((test) => {
      const result = test.result();
      return { name: test.fullName, why: ('note' in result && result.note) || null };
    }),
  };
}

function nameOf(testModule: TestModule, test?: TestCase): string {
  return [relative(import.meta.dirname, testModule.moduleId), test?.fullName].filter(Boolean).join(' > ');
}

function errorOf(errors: readonly { message: string }[] | undefined): string {
  return errors?.map(({ message }) => message).join('\n') ?? '';
}
