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
import { dirname, join } from 'node:path';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestGateway } from '../test/s3-conformance/test-gateway.ts';
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
    await expect
      .poll(async () => (await tables.call('PutItem', body)).status, { timeout: 600_000 })
      .toBe(200);
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

  it('of an earlier start whose table is garbled is not opened', async () => {
    await writeLedger();
    // At its second start LevelDB moves the records of its log into a table.
    expect(await countItems()).toBe(itemCount);
    const isTable = (name: string) => name.endsWith('.ldb');
    const table = join(directory, readdirSync(directory).find(isTable) ?? expect.unreachable());
    const bytes = readFileSync(table);
    for (const garbled of [100, bytes.length - 100]) {
      writeFileSync(table, Buffer.from(bytes).fill(0x5a, garbled, garbled + 10));
      await expect(openLocalDynamodb(directory)).rejects.toMatchObject({
        code: 'ledger-damaged',
        message: expect.stringMatching(/\.ldb contains blocks/),
      });
    }
    writeFileSync(table, bytes);
    expect(await countItems()).toBe(itemCount);
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

describe('objects', () => {
  /** A bucket with an object and an unfinished upload of one part, closed. @returns the path of a file of either, by its name */
  async function writeObjects(): Promise<(name: RegExp) => string> {
    const gateway = await openTestGateway({ dataDirectory: directory });
    const s3 = new S3Client({ ...gateway.connection, forcePathStyle: true });
    const object = { Bucket: 'films', Key: 'film.mp4' };
    await s3.send(new CreateBucketCommand({ Bucket: object.Bucket }));
    await s3.send(new PutObjectCommand({ ...object, Body: 'film' }));
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...object, Key: 'long.mp4' }));
    const part = { ...object, Key: 'long.mp4', UploadId, PartNumber: 1, Body: 'part' };
    await s3.send(new UploadPartCommand(part));
    s3.destroy();
    await gateway.close();
    return (name) => listFiles().find((path) => name.test(path)) ?? expect.unreachable();
  }

  const listFiles = () =>
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .map((path) => join(directory, path))
      .filter((path) => statSync(path).isFile())
      .sort();
  const replace = (path: string, from: RegExp, to: string) =>
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));

  it.each<[string, RegExp, (path: string) => void]>([
    ['the record of an object is garbled', /objects.*json$/, (path) => writeFileSync(path, 'ZZZZ')],
    ['the record of an object is empty', /objects.*json$/, (path) => truncateSync(path)],
    ['the record of an object names another key', /objects.*json$/, (path) => replace(path, /film/, 'fiZm')],
    [
      'the content of an object is shorter than its record says',
      /objects.*data$/,
      (path) => truncateSync(path, 2),
    ],
    ['the content of an object is missing', /objects.*data$/, (path) => rmSync(path)],
    [
      'the configuration of a bucket is garbled',
      /bucket\.json$/,
      (path) => replace(path, /"name"/, '"nZme"'),
    ],
    ['the configuration of a bucket is missing', /bucket\.json$/, (path) => rmSync(path)],
    ['the record of an upload is garbled', /upload\.json$/, (path) => writeFileSync(path, '{')],
    ['the record of a part is garbled', /00001\.json$/, (path) => replace(path, /"content"/, '"cZntent"')],
  ])('are not opened where %s, and stay as they are', async (_case, name, damage) => {
    damage((await writeObjects())(name));
    const files = listFiles();
    for (let start = 1; start <= 2; start += 1) {
      await expect(openTestGateway({ dataDirectory: directory })).rejects.toMatchObject({
        code: 'objects-damaged',
        message: expect.stringMatching(/films.*Restore these files from a backup, or move/),
      });
    }
    expect(listFiles()).toEqual(files);
  });

  it('are not opened where a pending notification is garbled', async () => {
    await writeObjects();
    writeFileSync(join(directory, 'outbox', 'messages', '7-0.json'), '{"file":');
    await expect(openTestGateway({ dataDirectory: directory })).rejects.toMatchObject({
      code: 'objects-damaged',
    });
  });

  it('that are whole are opened again, and so are those whose damaged folder was moved away', async () => {
    const fileOf = await writeObjects();
    const again = await openTestGateway({ dataDirectory: directory });
    await again.close();
    const record = fileOf(/objects.*json$/);
    writeFileSync(record, 'ZZZZ');
    rmSync(dirname(record), { recursive: true });
    const without = await openTestGateway({ dataDirectory: directory });
    await without.close();
  });
});
