import { firstTurn, type LineEntry, type Priority } from '@fyrestream/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestLedger, type TestLedger, withLostAnswers } from '../../test/open-test-ledger.ts';
import type { LineRange } from './line-items.ts';

let table: TestLedger;
beforeEach(async () => {
  table = await openTestLedger();
});
afterEach(() => table.close());

function entry(priority: Priority, tenant: string, minute: number): LineEntry {
  const since = `2026-01-02T03:${String(minute).padStart(2, '0')}:00.000Z`;
  return { priority, tenant, isRefused: false, since, jobId: `${priority[0]}${tenant[0]}`.padEnd(26, 'a') };
}

async function first(range?: LineRange): Promise<string | undefined> {
  const [found] = await table.ledger.listLine(range);
  return found && `${found.priority} ${found.tenant} ${found.since.slice(14, 16)}`;
}

describe('the line', () => {
  const oldest = entry('normal', 'acme', 1);
  beforeEach(async () => {
    const others = [
      entry('normal', 'acme', 5),
      entry('bulk', 'acme', 0),
      // Names that a sort key could take for a part of the other.
      entry('normal', 'acme!', 3),
      entry('normal', 'acme0', 4),
      entry('normal', 'zoo', 2),
    ];
    for (const each of [...others, oldest]) await table.ledger.joinLine(each, 2);
  });

  it('is in the order of priority, tenant and age', async () => {
    const all: string[] = [];
    for await (const { priority, tenant, since } of table.ledger.readLine()) {
      all.push(`${priority} ${tenant} ${since.slice(14, 16)}`);
    }
    expect(all).toEqual([
      'normal acme! 03',
      'normal acme 01',
      'normal acme 05',
      'normal acme0 04',
      'normal zoo 02',
      'bulk acme 00',
    ]);
  });

  it('gives the first entry of a priority, behind a tenant or behind an entry', async () => {
    expect(await first()).toBe('normal acme! 03');
    expect(await first({ priority: 'urgent' })).toBeUndefined();
    expect(await first({ priority: 'bulk' })).toBe('bulk acme 00');
    expect(await first({ priority: 'normal', afterTenant: 'acme' })).toBe('normal acme0 04');
    expect(await first({ priority: 'normal', afterTenant: 'zoo' })).toBeUndefined();
    expect(await first({ priority: 'normal', afterEntry: oldest })).toBe('normal acme 05');
  });

  it('has the refused jobs of a priority first, by the time of the refusal', async () => {
    const refused = (tenant: string, minute: number) => ({
      ...entry('normal', tenant, minute),
      isRefused: true,
    });
    const entries = [
      refused('acme', 30),
      refused('zoo', 20),
      { ...refused('acme', 10), priority: 'bulk' as const },
    ];
    for (const each of entries) await table.ledger.joinLine(each, 2);
    const part = { priority: 'normal', isRefused: true } as const;
    expect(await table.ledger.listLine(part, 5)).toEqual([
      { ...refused('zoo', 20), version: 2 },
      { ...refused('acme', 30), version: 2 },
    ]);
    expect(await first({ ...part, latestFirst: true })).toBe('normal acme 30');
    expect(await first({ ...part, afterEntry: refused('zoo', 20) })).toBe('normal acme 30');
    expect(await first({ ...part, afterEntry: refused('acme', 30) })).toBeUndefined();
    expect(await first({ priority: 'normal' })).toBe('normal acme! 03');
    expect(await first()).toBe('normal zoo 20');
    const all: string[] = [];
    for await (const { tenant, since } of table.ledger.readLine())
      all.push(`${tenant} ${since.slice(14, 16)}`);
    expect(all.slice(0, 3)).toEqual(['zoo 20', 'acme 30', 'acme! 03']);
    expect(all.slice(-2)).toEqual(['acme 10', 'acme 00']);
    await table.ledger.leaveLine(refused('zoo', 20), 2);
    expect(await first(part)).toBe('normal acme 30');
  });

  it('keeps an entry that was written again after its job was read', async () => {
    await table.ledger.joinLine(oldest, 7);
    await table.ledger.leaveLine(oldest, 6);
    expect(await first({ priority: 'normal', afterTenant: 'acme!' })).toBe('normal acme 01');
    await table.ledger.leaveLine(oldest, 7);
    await table.ledger.leaveLine(oldest, 7);
    expect(await first({ priority: 'normal', afterTenant: 'acme!' })).toBe('normal acme 05');
  });
});

describe('the turn', () => {
  const second = { ...firstTurn, version: 1 };

  it('is written once for each turn that was read', async () => {
    expect(await table.ledger.readTurn()).toEqual(firstTurn);
    const other = { ...second, served: { ...second.served, bulk: 'acme' } };
    const written = await Promise.all([second, other].map((turn) => table.ledger.writeTurn(turn)));
    expect(written.filter(Boolean)).toHaveLength(1);
    expect(await table.ledger.writeTurn({ ...firstTurn, version: 3 })).toBe(false);
    expect(await table.ledger.writeTurn({ ...firstTurn, version: 2 })).toBe(true);
  });

  it('is written although the answer was lost', async () => {
    expect(await table.over(withLostAnswers(table.documents)).writeTurn(second)).toBe(true);
  });
});
