import { expect, it } from 'vitest';
import { fargateSizeError } from './fargate-size.ts';

const valid = { cpuUnits: 8192, memoryMiB: 20_480, ephemeralStorageGiB: 21 };

it('accepts a size that Fargate offers', () => {
  expect(fargateSizeError(valid)).toBeNull();
});

it.each([
  [
    { cpuUnits: 3072 },
    'Fargate has no 3072 CPU units: choose one of 256, 512, 1024, 2048, 4096, 8192, 16384',
  ],
  [{ memoryMiB: 18_432 }, 'Fargate has no 18432 MiB with 8192 CPU units: choose one of 16384, 20480, '],
  [{ ephemeralStorageGiB: 20 }, 'Fargate has no ephemeral storage of 20 GiB: choose from 21 to 200'],
  [{ ephemeralStorageGiB: 201 }, 'Fargate has no ephemeral storage of 201 GiB'],
  [{ ephemeralStorageGiB: 21.5 }, 'Fargate has no ephemeral storage of 21.5 GiB'],
])('explains why %j is refused', (change, message) => {
  expect(fargateSizeError({ ...valid, ...change })).toContain(message);
});
