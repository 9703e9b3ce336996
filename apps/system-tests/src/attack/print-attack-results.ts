import type { AttackResult } from './run-attacks.ts';

/** Prints a table of all attacks, the differences and the totals. @returns whether there is no difference */
export function printAttackResults(results: readonly AttackResult[], seconds: number): boolean {
  console.table(
    results.map(({ attack, outcome, resources, differences }) => ({
      attack: attack.name,
      outcome,
      'CPU s': resources === null ? '' : resources.cpuSeconds.toFixed(1),
      MiB: resources === null ? '' : Math.round(resources.memoryMebibytes),
      'disk MiB': resources === null ? '' : Math.round(resources.scratchMebibytes),
      right: differences.length === 0 ? '' : 'NO',
    })),
  );
  const wrong = results.filter(({ differences }) => differences.length > 0);
  for (const { attack, differences } of wrong)
    for (const difference of differences) print(`${attack.name}: ${difference}`);
  const refused = results.flatMap(({ outcome, resources }) =>
    outcome === 'published' || resources === null ? [] : [resources],
  );
  const max = (values: number[]) => Math.max(0, ...values);
  const outcomes = Map.groupBy(results, ({ outcome }) => outcome);
  for (const [outcome, { length }] of [...outcomes].sort()) print(`${`${length}`.padStart(4)} ${outcome}`);
  print(
    `The refused files took at most ${max(refused.map(({ cpuSeconds }) => cpuSeconds)).toFixed(1)} s of CPU time, ` +
      `${Math.round(max(refused.map(({ memoryMebibytes }) => memoryMebibytes)))} MiB of memory and ` +
      `${Math.round(max(refused.map(({ scratchMebibytes }) => scratchMebibytes)))} MiB of disk each.`,
  );
  const cpuSeconds = results.reduce((sum, { resources }) => sum + (resources?.cpuSeconds ?? 0), 0);
  print(`All workers together took ${Math.round(cpuSeconds)} s of CPU time.`);
  print(
    `${results.length - wrong.length} of ${results.length} attacks ended as they should, in ${Math.round(seconds)} s.`,
  );
  return wrong.length === 0 && results.length > 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
