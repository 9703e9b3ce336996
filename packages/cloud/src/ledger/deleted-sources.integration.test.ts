import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestLedger, type TestLedger } from '../../test/open-test-ledger.ts';

let table: TestLedger;
beforeAll(async () => {
  table = await openTestLedger();
});
afterAll(() => table.close());

const on = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
const entry = (name: string, day: number) => ({ sourceKey: `videos/${name}.mov`, deletedAt: on(day) });

it('lists uploads that were deleted before a time, the longest waiting first, until they are forgotten', async () => {
  const { ledger } = table;
  for (const deleted of [entry('b', 2), entry('a', 1), entry('c', 3)])
    await ledger.recordDeletedSource(deleted);
  expect(await ledger.listDeletedSources(on(3), 10)).toEqual([entry('a', 1), entry('b', 2)]);
  expect(await ledger.listDeletedSources(on(3), 1)).toEqual([entry('a', 1)]);
  for (let time = 0; time < 2; time += 1) await ledger.forgetDeletedSource(entry('a', 1));
  expect(await ledger.listDeletedSources(on(9), 10)).toEqual([entry('b', 2), entry('c', 3)]);
});

it('counts from the latest deletion of a key, in any order of events, also if it came while an earlier one was handled', async () => {
  const { ledger } = table;
  for (const day of [4, 6, 5]) await ledger.recordDeletedSource(entry('again', day));
  const listed = async () =>
    (await ledger.listDeletedSources(on(9), 10)).filter(({ sourceKey }) => sourceKey.includes('again'));
  expect(await listed()).toEqual([entry('again', 6)]);
  await ledger.forgetDeletedSource(entry('again', 4));
  expect(await listed()).toEqual([entry('again', 6)]);
  await ledger.forgetDeletedSource(entry('again', 6));
  // The same event, delivered twice.
  await ledger.recordDeletedSource(entry('again', 6));
  expect(await listed()).toEqual([]);
  await ledger.recordDeletedSource(entry('again', 7));
  expect(await listed()).toEqual([entry('again', 7)]);
});
