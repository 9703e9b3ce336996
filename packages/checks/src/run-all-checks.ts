import { checkDocuments } from './check-documents.ts';
import { checkSources } from './check-sources.ts';
import { type Finding, formatFinding } from './finding.ts';
import { runStep, type StepResult } from './run-step.ts';

/** The tools among the fast checks, by the name that a failure is announced under. */
const tools: Record<string, [string, ...string[]]> = {
  'format and lint (biome)': [
    'biome',
    'check',
    '--error-on-warnings',
    '--max-diagnostics=100',
    '--colors=off',
  ],
  'types (tsc)': ['turbo', 'run', 'typecheck', '--continue', '--output-logs=errors-only', '--no-color'],
  'unused code (knip)': ['knip', '--no-progress', '--no-config-hints'],
  'workspaces (sherif)': ['sherif', '--fail-on-warnings', '--ignore-rule', 'non-existant-packages'],
};

/**
 * Every check that is fast, side by side: one line for each as it ends, then the output of those that failed.
 * @returns true where all passed.
 */
export async function runAllChecks(root: string, print: (line: string) => void): Promise<boolean> {
  const announce = (result: StepResult) => {
    print(`${result.passed ? 'ok    ' : 'FAILED'} ${result.name.padEnd(26)} ${result.seconds.toFixed(1)} s`);
    return result;
  };
  const running = Object.entries(tools).map(([name, command]) => runStep(name, command, root).then(announce));
  const ours = [
    announce(timed('sources (import table)', () => checkSources(root))),
    announce(timed('documents (paths)', () => checkDocuments(root))),
  ];
  const failed = [...ours, ...(await Promise.all(running))].filter((result) => !result.passed);
  for (const { name, output } of failed) print(`\n--- ${name}\n${output.trimEnd()}`);
  if (failed.length > 0) print(`\nfailed: ${failed.map(({ name }) => name).join(', ')}`);
  return failed.length === 0;
}

function timed(name: string, check: () => Finding[]): StepResult {
  const started = performance.now();
  const findings = check();
  return {
    name,
    passed: findings.length === 0,
    seconds: (performance.now() - started) / 1000,
    output: findings.map(formatFinding).join('\n'),
  };
}
