import { billedTaskSchema, type TaskUsage } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { billServices, billTask } from './bill-job.ts';
import { fargatePrices } from './fargate-prices.ts';

const prices = fargatePrices({ region: 'us-east-1', architecture: 'x86_64' });
const usage: TaskUsage = {
  ...{ attempt: 1, slot: 0, capacity: 'on-demand', cpuUnits: 4096, memoryMiB: 8192 },
  ...{ ephemeralStorageGiB: 20, seconds: 3600 },
};
const bill = (changes: Partial<TaskUsage> = {}) =>
  billTask('arn:aws:ecs:us-east-1:1:task/cluster/abc', { ...usage, ...changes }, prices);

it('an hour of 4 vCPU and 8 GiB costs what the price list of Fargate says', () => {
  expect(bill()).toMatchObject({ taskId: 'abc', billedSeconds: 3600 });
  expect(bill().costUsd).toBeCloseTo(4 * 0.04048 + 8 * 0.004445, 10);
  expect(bill({ ephemeralStorageGiB: 120 }).costUsd - bill().costUsd).toBeCloseTo(100 * 0.000111, 10);
});

it('a task with the disk that Fargate gives without a request makes a record that can be read', () => {
  expect(billedTaskSchema.parse(bill())).toEqual(bill());
});

it('Spot costs less, but not its storage', () => {
  expect(bill({ capacity: 'spot' }).costUsd).toBeCloseTo(bill().costUsd / 2, 10);
  const storage = (capacity: 'spot' | 'on-demand') =>
    bill({ capacity, ephemeralStorageGiB: 120 }).costUsd - bill({ capacity }).costUsd;
  expect(storage('spot')).toBeCloseTo(storage('on-demand'), 10);
});

it('bills whole seconds, at least a minute, and nothing for a task that did not start', () => {
  expect(bill({ seconds: 12.3 }).billedSeconds).toBe(60);
  expect(bill({ seconds: 61.2 }).billedSeconds).toBe(62);
  expect(bill({ seconds: 0 })).toMatchObject({ billedSeconds: 0, costUsd: 0 });
});

it('the requests are those of all units, and storage is that of the published files', () => {
  const units = [{ requests: { writes: 1_000, reads: 10 } }, {}, { requests: { writes: 500, reads: 5 } }];
  const sizeBytes = 10 * 1024 ** 3;
  const services = billServices(units, { storage: { files: 7, sizeBytes } });
  expect(services).toEqual({
    requests: { writes: 1_500, reads: 15, costUsd: expect.closeTo(0.0075 + 0.000006) },
    storage: { files: 7, sizeBytes, costUsdPerMonth: expect.closeTo(0.23) },
  });
  expect(billServices([], null)).toMatchObject({ requests: { writes: 0 }, storage: null });
});
