import { expect, it } from 'vitest';
import { nodeProblem } from './node-problem.mjs';

it.each(['20.20.2', '22.17.1', '18.0.0'])('Node %s gets a sentence that says what to install', (version) => {
  expect(nodeProblem(version)).toBe(
    `Fyrestream needs Node 22.18 or newer, and this is ${version}: install Node 24, put it first on PATH (\`node --version\` shows which one Pulumi starts), and run the command again.`,
  );
});

it.each(['22.18.0', '24.21.0', '26.0.0'])('Node %s loads the program', (version) => {
  expect(nodeProblem(version)).toBeNull();
});
