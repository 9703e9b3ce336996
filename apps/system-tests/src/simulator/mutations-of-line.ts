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
  'order of the line by tenant': () => ({
    ...noOverrides,
    invokerLedger: (original) => ({
      ...original,
      listLine: ({ afterTenant: _, ...range } = {}, limit) => original.listLine(range, limit),
    }),
  }),
  'order of the line by priority': () => ({
    ...noOverrides,
    invokerLedger: (original) => ({
      ...original,
      joinLine: (entry, version) => original.joinLine({ ...entry, priority: 'normal' }, version),
      leaveLine: (entry, version) => original.leaveLine({ ...entry, priority: 'normal' }, version),
    }),
  }),
  'places that lower priorities get in time': () => ({
    ...noOverrides,
    invokerLedger: (original) => ({
      ...original,
      readTurn: async () => ({
        ...(await original.readTurn()),
        passedOver: { urgent: 0, normal: 0, bulk: 0 },
      }),
    }),
  }),
  'place that a task frees': () => ({
    ...noOverrides,
    invokerLedger: (original) => ({ ...original, listLine: async () => [] }),
  }),
  'place of its own for each launch': () => ({
    ...noOverrides,
    invokerLedger: (original) => ({
      ...original,
      writeTurn: async (turn) => turn.grants.some(({ attempt }) => attempt > 1) || original.writeTurn(turn),
    }),
  }),
  'places behind jobs that ECS refuses': () => ({
    ...noOverrides,
    invokerLedger: (original) => ({
      ...original,
      joinLine: async (entry, version) => {
        if (!entry.isRefused) await original.joinLine(entry, version);
      },
      advance: (jobId, step) =>
        original.advance(jobId, step.kind === 'place-awaited' ? { ...step, refusedAt: undefined } : step),
    }),
  }),
  'one place for each turn': () => ({
    ...noOverrides,
    invokerLedger: (original) => ({ ...original, writeTurn: async () => true }),
  }),
};
