/**
 * Runs the variants one after the other, round by round (A B A B …), so that the load of the machine affects all alike.
 * @returns the results of each variant, one per round
 */
export async function runInterleaved<Name extends string, Result>(
  variants: Readonly<Record<Name, () => Promise<Result>>>,
  repeat: number,
  onResult: (name: Name, round: number, result: Result) => void,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(variants) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Result[]>;
  for (let round = 1; round <= repeat; round += 1) {
    for (const name of names) {
      const result = await variants[name]();
      results[name].push(result);
      onResult(name, round, result);
    }
  }
  return results;
}
