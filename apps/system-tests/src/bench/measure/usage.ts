/** What a run used. */
export interface Usage {
  /** User and system, of all processes. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

export function addUsages(usages: readonly Usage[]): Usage {
  return { cpuSeconds: sumOf(usages, cpuOf), wallSeconds: sumOf(usages, wallOf) };
}

export const cpuOf = ({ cpuSeconds }: Usage) => cpuSeconds;
export const wallOf = ({ wallSeconds }: Usage) => wallSeconds;

export function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
