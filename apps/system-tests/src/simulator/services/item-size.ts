import type { Item } from './evaluate-expression.ts';

const sizes = new WeakMap<Item, number>();

/**
 * The bytes of an item for which DynamoDB charges.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemSizeBytes(item: Item): number {
  const known = sizes.get(item);
  if (known !== undefined) return known;
  const size = sizeOfMap(item);
  sizes.set(item, size);
  return size;
}

function sizeOfMap(map: Item): number {
  return Object.entries(map).reduce(
    (sum, [name, value]) => sum + (value === undefined ? 0 : Buffer.byteLength(name) + sizeOfValue(value)),
    0,
  );
}

/** Lists and maps: three bytes, and one for each element. */
function sizeOfValue(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return sizeOfNumber(value);
  if (Array.isArray(value)) return value.reduce((sum, element) => sum + 1 + sizeOfValue(element), 3);
  if (typeof value !== 'object' || value === null) return 1;
  const elements = Object.values(value).filter((element) => element !== undefined).length;
  return 3 + elements + sizeOfMap(value as Item);
}

/** One byte for two significant digits, and one more. */
function sizeOfNumber(value: number): number {
  const digits = Math.abs(value).toExponential().replace(/e.*$/, '').replace('.', '').length;
  return 1 + Math.ceil(digits / 2) + (value < 0 ? 1 : 0);
}
