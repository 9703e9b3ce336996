import { expect, it } from 'vitest';
import { localTopology } from './topology.ts';

it('a sweep while a job runs starts no process: the functions of the last sweep are warm', () => {
  const { functions, sweep } = localTopology;
  for (const { keepWarmSeconds } of [functions.poller, functions.invoker])
    expect(keepWarmSeconds).toBeGreaterThan(sweep.busyIntervalSeconds);
});
