import { isFargateSize } from '@fyrestream/media';
import fc from 'fast-check';
import { it } from 'vitest';
import { whyNoFargateSize } from './fargate-size.ts';

it('whyNoFargateSize agrees with the sizes that packages/media gives to tasks, from one vCPU', () => {
  const size = fc.record({
    cpuUnits: fc.constantFrom(1024, 2048, 3072, 4096, 8192, 16_384, 32_768),
    memoryMiB: fc.integer({ min: 1, max: 130 }).map((gibibytes) => gibibytes * 1024),
    ephemeralStorageGiB: fc.integer({ min: 15, max: 210 }),
  });
  const agrees = (facts: typeof size extends fc.Arbitrary<infer Size> ? Size : never) =>
    (whyNoFargateSize(facts) === null) === isFargateSize(facts);
  fc.assert(fc.property(size, agrees), { numRuns: 2000 });
});
