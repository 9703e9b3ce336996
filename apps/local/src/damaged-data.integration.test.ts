import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDirectory, removeTestDirectory } from '../test/test-service-gateway.ts';
import { jobsTableDefinition } from './dynamodb/jobs-table-definition.ts';
import { openLocalDynamodb } from './dynamodb/open-local-dynamodb.ts';
import { openQueues } from './sqs/open-queues.ts';
import { localTopology } from './topology.ts';

const table = 'jobs';
const itemCount = 40;
let directory: string;
beforeEach(() => {
  directory = createTestDirectory();
});
afterEach(() => removeTestDirectory(directory));

/** A ledger with some items, closed. @returns the log file of LevelDB that contains them */
async function writeLedger(): Promise<string> {
  const tables = await openLocalDynamodb(directory);
  await tables.ensureTable(jobsTableDefinition(table));
  for (let number = 0; number < itemCount; number += 1) {
    const Item = { pk: { S: `job#${number}` }, sk: { S: 'job' } };
    const body = JSON.stringify({ TableName: table, Item });
    // The table needs a moment to become active.
    await expect.poll(async () => (await tables.call('PutItem', body)).status).toBe(200);
  }
  await tables.close();
  return join(
    directory,
    readdirSync(directory).find((name) => name.endsWith('.log')) ?? expect.unreachable(),
  );
}

async function countItems(): Promise<number> {
  const tables = await openLocalDynamodb(directory);
  const { body } = await tables.call('Scan', JSON.stringify({ TableName: table, Select: 'COUNT' }));
  await tables.close();
  return (JSON.parse(body) as { Count: number }).Count;
}

describe('a ledger', () => {
  it('whose log is garbled is not opened, and stays as it is', async () => {
    const log = await writeLedger();
    const bytes = readFileSync(log);
    bytes.fill(0x5a, 100, 140);
    writeFileSync(log, bytes);
    for (let start = 1; start <= 2; start += 1) {
      await expect(openLocalDynamodb(directory)).rejects.toMatchObject({
        code: 'ledger-damaged',
        message: expect.stringMatching(/\.log contains records.*Restore the folder from a backup/),
      });
    }
    expect(readFileSync(log).equals(bytes)).toBe(true);
  });

  it('without its file CURRENT is not opened as an empty one', async () => {
    await writeLedger();
    rmSync(join(directory, 'CURRENT'));
    await expect(openLocalDynamodb(directory)).rejects.toMatchObject({ code: 'ledger-damaged' });
  });

  it('whose last record was cut off by a crash is opened: that is no damage', async () => {
    const log = await writeLedger();
    truncateSync(log, statSync(log).size - 10);
    expect(await countItems()).toBeGreaterThan(itemCount / 2);
  });

  it('that is whole is opened again and again', async () => {
    await writeLedger();
    expect([await countItems(), await countItems()]).toEqual([itemCount, itemCount]);
  });
});

it('queues whose database is garbled are not opened', async () => {
  const options = {
    directory,
    baseUrl: 'http://127.0.0.1:1',
    queues: [localTopology.queues.uploads],
  };
  const queues = await openQueues(options);
  await queues.close();
  const database = join(directory, 'fauxqs.db');
  for (const suffix of ['-wal', '-shm']) if (existsSync(database + suffix)) rmSync(database + suffix);
  const bytes = readFileSync(database);
  writeFileSync(database, bytes.fill(0x5a, 0, 2_000));
  await expect(openQueues(options)).rejects.toMatchObject({ code: 'queues-damaged' });
  mkdirSync(join(directory, 'fresh'));
  const fresh = await openQueues({ ...options, directory: join(directory, 'fresh') });
  await fresh.close();
});
