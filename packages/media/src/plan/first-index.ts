/**
 * The index of the first item that fulfils a condition, by bisection.
 * @param isAtOrAfter false for all items up to one, true from there on
 * @returns the length if there is none
 */
export function firstIndex<Item>(sorted: readonly Item[], isAtOrAfter: (item: Item) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAtOrAfter(sorted[middle] as Item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
