import type { Option } from 'commander';

const suggested = new WeakMap<Option, readonly string[]>();

/** Has a shell complete words for the value of an option that may also have others: `choices` would refuse those. */
export function suggestWords(option: Option, words: readonly string[]): Option {
  suggested.set(option, words);
  return option;
}

export function suggestedWords(option: Option): readonly string[] | undefined {
  return suggested.get(option);
}
