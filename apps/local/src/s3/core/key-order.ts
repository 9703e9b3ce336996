/**
 * Compares keys as S3 does, by their UTF-8 bytes. The order of JavaScript differs between surrogate pairs (emoji) and
 * U+E000 to U+FFFF, so code units are ranked like their code points.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const unitA = a.charCodeAt(index);
    const unitB = b.charCodeAt(index);
    if (unitA !== unitB) return rank(unitA) - rank(unitB);
  }
  return a.length - b.length;
}

function rank(codeUnit: number): number {
  const isSurrogate = codeUnit >= 0xd800 && codeUnit <= 0xdfff;
  return isSurrogate ? codeUnit + 0x10000 : codeUnit;
}

/** The index of the first of the sorted keys for which `isBeyond` is true. It must be true for all keys after it. */
export function firstIndex(keys: readonly string[], isBeyond: (key: string) => boolean, from = 0): number {
  let low = from;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBeyond(keys[middle] as string)) high = middle;
    else low = middle + 1;
  }
  return low;
}
