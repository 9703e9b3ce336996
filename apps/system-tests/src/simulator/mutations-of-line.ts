import { type ComponentOverrides, noOverrides } from './component-overrides.ts';

/** The guards of the line of waiting jobs, as in `mutations`. */
export const mutationsOfLine: Readonly<Record<string, () => ComponentOverrides>> = {
  'entry of a waiting job in the line': () => ({
    ...noOverrides,
    invokerLedger: (original) => ({ ...original, joinLine: async () => {} }),
  }),
  'version of an entry in the line': () => ({
    ...noOverrides,
    invokerLedger: (original) => ({
      ...original,
      leaveLine: (entry) => original.leaveLine(entry, Number.MAX_SAFE_INTEGER),
    }),
  }),
  'one place for each turn': () => ({
    ...noOverrides,
    invokerLedger: (original) => ({ ...original, writeTurn: async () => true }),
  }),
};
