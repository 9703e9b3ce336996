import { expect, it } from 'vitest';
import { priorityOf } from './priority.ts';
import { tenantOf } from './tenant.ts';

it.each([
  ['videos/acme/trip/day 1.mov', 'acme'],
  ['videos/holiday.mov', 'default'],
  ['videos//holiday.mov', 'default'],
  ['videos/a b#c/1.mov', 'a b#c'],
])('takes the first folder of %s as its tenant', (key, tenant) => {
  expect(tenantOf(key)).toBe(tenant);
});

it('shortens the name of a folder that is too long for a sort key', () => {
  const tenant = tenantOf(`videos/${'é'.repeat(500)}/1.mov`);
  expect(tenant).toMatch(/^[0-9a-f]{64}$/);
  expect(tenantOf(`videos/${'é'.repeat(499)}/1.mov`)).not.toBe(tenant);
});

it('gives an upload the priority of its longest prefix', () => {
  const prefixes = { 'acme/': 'urgent', 'acme/archive/': 'bulk' } as const;
  const priority = (key: string) => priorityOf(key, prefixes);
  expect(['videos/acme/1.mov', 'videos/acme/archive/1.mov', 'videos/other/acme/1.mov'].map(priority)).toEqual(
    ['urgent', 'bulk', 'normal'],
  );
});
