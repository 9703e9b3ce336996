import type { Item } from './evaluate-expression.ts';
import { itemSizeBytes } from './item-size.ts';

/** What one request takes from one partition of the table or of an index. */
export interface ConsumedUnits {
  /** The name of the index; null for the table. */
  readonly index: string | null;
  readonly partition: string;
  readonly kind: 'read' | 'write';
  /** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html */
  readonly units: number;
}

const readUnitBytes = 4_096;
const writeUnitBytes = 1_024;

/** @param items that one request reads */
export function readUnits(items: readonly Item[], isConsistent: boolean): number {
  const bytes = items.reduce((sum, item) => sum + itemSizeBytes(item), 0);
  return Math.max(1, Math.ceil(bytes / readUnitBytes)) / (isConsistent ? 1 : 2);
}

/** The larger one of an item before and after a write counts. */
export function writeUnits(...items: readonly (Item | undefined)[]): number {
  const bytes = Math.max(0, ...items.map((item) => (item === undefined ? 0 : itemSizeBytes(item))));
  return Math.max(1, Math.ceil(bytes / writeUnitBytes));
}

/** An entry of an index whose key changes is deleted and written again. */
export function indexWrites(
  { name, partitionKey, sortKey }: { name: string; partitionKey: string; sortKey: string },
  before: Item | undefined,
  after: Item | undefined,
): ConsumedUnits[] {
  const isSameKey =
    before?.[partitionKey] === after?.[partitionKey] && before?.[sortKey] === after?.[sortKey];
  const written = isSameKey ? [[before, after]] : [[before], [after]];
  return written.flatMap((images) => {
    const partition = images[0]?.[partitionKey];
    if (partition === undefined) return [];
    return [{ index: name, partition: String(partition), kind: 'write', units: writeUnits(...images) }];
  });
}
