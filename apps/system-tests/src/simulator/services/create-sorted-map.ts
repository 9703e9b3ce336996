/** Values by key, in the order of the keys. */
export interface SortedMap<Value> {
  set(key: string, value: Value): void;
  delete(key: string): void;
  /** From the first key that is not less than `from`. */
  ascending(from: string): Generator<Value>;
  /** From the last key that is less than `before`; from the last of all without it. */
  descending(before?: string): Generator<Value>;
}

/** A change moves the keys behind it in memory: fast up to some 100,000 keys. Must not change while it is read. */
export function createSortedMap<Value>(): SortedMap<Value> {
  const keys: string[] = [];
  const values: Value[] = [];
  const firstNotBefore = (key: string) => {
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((keys[middle] as string) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    set(key, value) {
      const index = firstNotBefore(key);
      const isKnown = keys[index] === key;
      keys.splice(index, isKnown ? 1 : 0, key);
      values.splice(index, isKnown ? 1 : 0, value);
    },
    delete(key) {
      const index = firstNotBefore(key);
      if (keys[index] !== key) return;
      keys.splice(index, 1);
      values.splice(index, 1);
    },
    *ascending(from) {
      for (let index = firstNotBefore(from); index < keys.length; index += 1) yield values[index] as Value;
    },
    *descending(before) {
      const end = before === undefined ? keys.length : firstNotBefore(before);
      for (let index = end - 1; index >= 0; index -= 1) yield values[index] as Value;
    },
  };
}
