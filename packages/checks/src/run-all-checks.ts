import { checkDecisions } from './check-decisions.ts';
import { checkDocumentPaths } from './check-document-paths.ts';
import { checkFailureModes } from './check-failure-modes.ts';
import { checkFolderNames } from './check-folder-names.ts';
import { checkGlossary } from './check-glossary.ts';
import { type Finding, formatFinding } from './finding.ts';
import { runStep, type StepResult } from './run-step.ts';

/** The external tools, by the name that the report uses. */
const tools: Record<string, [string, ...string[]]> = {
  'format and lint (biome)': [
    'biome',
    'check',
    '--error-on-warnings',
    '--max-diagnostics=100',
    '--colors=off',
  ],
  'import cycles (oxlint)': ['oxlint', '--deny-warnings'],
  'types (tsc)': ['turbo', 'run', 'typecheck', '--continue', '--output-logs=errors-only', '--no-color'],
  'unused code (knip)': ['knip', '--no-progress', '--no-config-hints'],
  'workspaces (sherif)': [
    ...(['sherif', '--fail-on-warnings', '--ignore-rule', 'non-existant-packages'] as const),
    // openapi-typescript needs the programming interface that TypeScript 7 does not have.
    ...['--ignore-dependency', 'typescript@5.9.3'],
  ],
};

/** The checks of this package: no well-kept tool has them. */
const checks: Record<string, (root: string) => Finding[]> = {
  'decision records': checkDecisions,
  'failure modes': checkFailureModes,
  'folder names': checkFolderNames,
  glossary: checkGlossary,
  'paths in documents': checkDocumentPaths,
};

/**
 * Runs all fast checks in parallel. Prints one line for each as it ends, then the output of those that failed.
 * @returns true if all passed.
 */
export async function runAllChecks(root: string, print: (line: string) => void): Promise<boolean> {
  const report = (result: StepResult) => {
    print(`${result.passed ? 'ok    ' : 'FAILED'} ${result.name.padEnd(26)} ${result.seconds.toFixed(1)} s`);
    return result;
  };
  const running = Object.entries(tools).map(([name, command]) => runStep(name, command, root).then(report));
  const results = Object.entries(checks).map(([name, check]) => report(runCheck(name, () => check(root))));
  const failed = [...results, ...(await Promise.all(running))].filter((result) => !result.passed);
  for (const { name, output } of failed) print(`\n--- ${name}\n${output.trimEnd()}`);
  if (failed.length > 0) print(`\nfailed: ${failed.map(({ name }) => name).join(', ')}`);
  return failed.length === 0;
}

function runCheck(name: string, check: () => Finding[]): StepResult {
  const started = performance.now();
  const findings = check();
  return {
    name,
    passed: findings.length === 0,
    seconds: (performance.now() - started) / 1000,
    output: findings.map(formatFinding).join('\n'),
  };
}
