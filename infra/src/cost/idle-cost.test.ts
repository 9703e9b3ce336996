import { expect, it } from 'vitest';
import { createStackNames } from '../names/stack-names.ts';
import { idleCost, totalCost } from './idle-cost.ts';

const region = 'us-east-1';
const location = { stack: 'dev', accountId: '123456789012', region, partition: 'aws' };
const names = createStackNames(location, { sourceBucketName: undefined, outputBucketName: undefined });
const settings = {
  network: 'private',
  nat: 'single',
  availabilityZones: 2,
  sweepMinutes: 5,
  api: 'off',
  webhooks: {},
} as const;

it('NAT is the largest item', () => {
  const items = idleCost(settings, names, region);
  // 730 hours of the gateway and its IPv4 address.
  expect(items[0]).toMatchObject({ count: 1, dollars: 730 * (0.045 + 0.005) });
  expect(totalCost(items.slice(1))).toBeLessThan(5);
});

it('counts one gateway per zone, or interface endpoints instead', () => {
  expect(idleCost({ ...settings, nat: 'per-az' }, names, region)[0]?.count).toBe(2);
  const closed = idleCost({ ...settings, nat: 'none' }, names, region);
  expect(closed[0]).toMatchObject({ what: 'Interface endpoint in one zone', count: 14 });
});

it('costs less than 5 dollars a month without uploads where the network is `economy`', () => {
  expect(totalCost(idleCost({ ...settings, network: 'economy' }, names, region))).toBeLessThan(5);
});

it('estimates NAT by the region of the stack, and a region without a price by the dearest', () => {
  const natOf = (of: string) => idleCost(settings, names, of)[0]?.dollars;
  expect(natOf('eu-central-1')).toBeCloseTo(730 * (0.052 + 0.005));
  expect(natOf('ap-unknown-9')).toBe(natOf('sa-east-1'));
});

it('counts the secrets of webhooks, their queue and their alarms', () => {
  const endpoint = { url: 'https://example.com' };
  const webhooks = { studio: endpoint, archive: endpoint };
  const added =
    totalCost(idleCost({ ...settings, webhooks }, names, region)) -
    totalCost(idleCost(settings, names, region));
  // Two secrets, two alarms, 657,000 receives.
  expect(added).toBeCloseTo(2 * 0.4 + 2 * 0.1 + 0.657 * 0.4);
});
