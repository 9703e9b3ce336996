import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type LocalCloud, startLocalCloud } from '@fyrestream/local';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFaults } from '../create-faults.ts';
import { createRandom } from '../create-random.ts';
import { createVirtualTime } from '../create-virtual-time.ts';
import type { ConsumedUnits } from './consumed-units.ts';
import { type Command, createSimulatedTable, type SimulatedTable } from './create-simulated-table.ts';
import { parametersOf, randomAttributes, randomCondition, randomUpdate } from './random-expressions.ts';

// The simulated table must behave as DynamoDB for the commands of the ledger; dynalite stands for DynamoDB here.
let directory: string;
let cloud: LocalCloud;
let client: DynamoDBClient;
let dynalite: DynamoDBDocumentClient;
let simulated: SimulatedTable;
let TableName: string;
let scenarios = 0;
const consumed: ConsumedUnits[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'simulated-table-'));
  cloud = await startLocalCloud({ dataDirectory: directory });
  const { region, credentials, environment } = cloud.connection;
  TableName = environment.FYRESTREAM_JOBS_TABLE ?? '';
  client = new DynamoDBClient({ region, credentials, endpoint: cloud.url });
  dynalite = DynamoDBDocumentClient.from(client);
  const random = createRandom(1);
  const faults = createFaults(random, {});
  simulated = createSimulatedTable(
    { time: createVirtualTime(0), random, faults, trace: () => {} },
    () => {},
    (units) => consumed.push(units),
  );
});

afterAll(async () => {
  client.destroy();
  await cloud.stop();
  await rm(directory, { recursive: true, force: true });
});

type Outcome = { readonly answer: object } | { readonly error: string };

async function runOnBoth(command: object): Promise<{ expected: Outcome; actual: Outcome }> {
  const real = () => dynalite.send(command as Parameters<typeof dynalite.send>[0]);
  return {
    expected: await outcomeOf(real),
    actual: await outcomeOf(async () => simulated.execute(command as Command)),
  };
}

async function outcomeOf(run: () => Promise<object>): Promise<Outcome> {
  try {
    const { Attributes, Item, Items } = (await run()) as Record<string, unknown>;
    return { answer: { Attributes, Item, Items } };
  } catch (error) {
    return { error: (error as Error).name };
  }
}

async function expectSameOutcome(command: object): Promise<void> {
  const { expected, actual } = await runOnBoth(command);
  expect(actual).toEqual(expected);
}

const anyWrite = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('update' as const), update: randomUpdate }) },
  fc.record({ kind: fc.constant('put' as const), attributes: randomAttributes }),
  fc.record({ kind: fc.constant('delete' as const) }),
);

it('writes or refuses as dynalite does, for random items, conditions and updates', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.option(randomAttributes),
      fc.option(randomCondition),
      anyWrite,
      async (existing, condition, write) => {
        scenarios += 1;
        const Key = { pk: `write#${scenarios}`, sk: 'item' };
        if (existing !== null) {
          await expectSameOutcome(new PutCommand({ TableName, Item: { ...Key, ...existing } }));
        }
        const input = {
          TableName,
          ...(condition !== null && { ConditionExpression: condition }),
          ...parametersOf(condition, write.kind === 'update' ? write.update : null),
        };
        if (write.kind === 'put') {
          await expectSameOutcome(new PutCommand({ ...input, Item: { ...Key, ...write.attributes } }));
        } else if (write.kind === 'delete') {
          await expectSameOutcome(new DeleteCommand({ ...input, Key }));
        } else {
          const update = { UpdateExpression: write.update, ReturnValues: 'ALL_NEW' as const };
          await expectSameOutcome(new UpdateCommand({ ...input, ...update, Key }));
        }
        await expectSameOutcome(new GetCommand({ TableName, Key, ConsistentRead: true }));
      },
    ),
    { numRuns: 100 },
  );
});

const anyQuery = fc.record({
  kind: fc.constantFrom('prefix', 'status', 'owed'),
  Limit: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  ScanIndexForward: fc.boolean(),
  before: fc.integer({ min: 0, max: 8 }),
});
const anyItems = fc.array(
  fc.record({
    sk: fc.constantFrom('job', 'unit#'),
    isQueued: fc.boolean(),
    isOwed: fc.boolean(),
    isDeleted: fc.boolean(),
  }),
  { maxLength: 8 },
);

it('finds the same items as dynalite, page by page, in the table and in its indexes', async () => {
  await fc.assert(
    fc.asyncProperty(anyItems, anyQuery, async (items, { kind, before, ...options }) => {
      scenarios += 1;
      const pk = `query#${scenarios}`;
      for (const [index, { sk, isQueued, isOwed, isDeleted }] of items.entries()) {
        const Key = { pk, sk: `${sk}${index}` };
        const indexed = {
          ...(isQueued && { statusIndex: `queued-${pk}` }),
          ...(isOwed && { owedIndex: `owed-${pk}` }),
        };
        await expectSameOutcome(
          new PutCommand({ TableName, Item: { ...Key, updatedAt: timeOf(index), ...indexed } }),
        );
        if (isDeleted) await expectSameOutcome(new DeleteCommand({ TableName, Key }));
      }
      const query = { TableName, ...options, ...queries[kind]?.(pk, timeOf(before)) };
      const expected = await readAllPages((input) => dynalite.send(new QueryCommand(input)), query);
      const actual = await readAllPages(
        async (input) => simulated.execute(new QueryCommand(input) as unknown as Command),
        query,
      );
      expect(actual).toEqual(expected);
    }),
    { numRuns: 15 },
  );
});

const anyLargeItem = fc.record(
  {
    text: fc.string({ unit: fc.constantFrom('a', '7', ' '), maxLength: 6_000 }),
    number: fc.oneof(fc.integer(), fc.constantFrom(0, -12.5, 1_000)),
    flags: fc.array(fc.oneof(fc.boolean(), fc.constant(null)), { maxLength: 3 }),
    nested: fc.array(fc.record({ name: fc.constantFrom('one', 'eleven'), counts: fc.array(fc.nat(99)) }), {
      maxLength: 40,
    }),
    statusIndex: fc.constant('sized'),
  },
  { requiredKeys: ['text'], noNullPrototype: true },
);

it('takes the units that dynalite takes, for items of any size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyLargeItem, { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      async (items, isConsistent) => {
        scenarios += 1;
        const pk = `size#${scenarios}`;
        const key = (index: number) => ({ pk, sk: `${index}` });
        const keyCondition = {
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
        };
        const read = { TableName, ConsistentRead: isConsistent };
        for (const [index, item] of items.entries()) {
          await expectSameUnits(
            new PutCommand({ TableName, Item: { ...key(index), updatedAt: timeOf(index), ...item } }),
          );
        }
        await expectSameUnits(new GetCommand({ ...read, Key: key(0) }));
        await expectSameUnits(new QueryCommand({ ...read, ...keyCondition }));
        for (const [index, item] of items.entries()) {
          // The larger one of the two counts.
          await expectSameUnits(
            new PutCommand({ TableName, Item: { ...key(0), updatedAt: timeOf(index), ...item } }),
          );
        }
        await expectSameUnits(new DeleteCommand({ TableName, Key: key(0) }));
      },
    ),
    { numRuns: 15 },
  );
});

/** dynalite does not count what a write takes from indexes. */
async function expectSameUnits(command: { input: object }): Promise<void> {
  Object.assign(command.input, { ReturnConsumedCapacity: 'INDEXES' });
  const answer = await dynalite.send(command as Parameters<typeof dynalite.send>[0]);
  consumed.length = 0;
  simulated.execute(command as Command);
  const { Table } = (answer as { ConsumedCapacity: { Table: { CapacityUnits: number } } }).ConsumedCapacity;
  const ofTable = consumed.filter(({ index }) => index === null);
  expect(ofTable.map(({ units }) => units)).toEqual([Table.CapacityUnits]);
}

it.each<[string, Record<string, unknown> | null, Record<string, unknown> | null, Record<string, number>]>([
  ['adds an entry', null, { statusIndex: 'a' }, { a: 1 }],
  ['changes an entry', { statusIndex: 'a' }, { statusIndex: 'a', more: 'x'.repeat(1_500) }, { a: 2 }],
  ['moves an entry', { statusIndex: 'a', old: 'x'.repeat(2_500) }, { statusIndex: 'b' }, { a: 3, b: 1 }],
  ['removes an entry', { statusIndex: 'a' }, { other: 1 }, { a: 1 }],
  ['deletes the item', { statusIndex: 'a' }, null, { a: 1 }],
  ['has no entry', { other: 1 }, { other: 2 }, {}],
])('takes units from the partitions of an index for a write that %s', (_, before, after, expected) => {
  scenarios += 1;
  const Key = { pk: `index#${scenarios}`, sk: 'item' };
  const put = (attributes: object) =>
    simulated.execute(
      new PutCommand({
        TableName,
        Item: { ...Key, updatedAt: timeOf(0), ...attributes },
      }) as unknown as Command,
    );
  if (before !== null) put(before);
  consumed.length = 0;
  if (after !== null) put(after);
  else simulated.execute(new DeleteCommand({ TableName, Key }) as unknown as Command);
  const ofIndexes = consumed.filter(({ index }) => index === 'by-status');
  expect(Object.fromEntries(ofIndexes.map(({ partition, units }) => [partition, units]))).toEqual(expected);
});

const queries: Record<string, (pk: string, before: string) => Partial<QueryCommandInput>> = {
  prefix: (pk) => ({
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': pk, ':prefix': 'unit#' },
  }),
  status: (pk) => ({
    IndexName: 'by-status',
    KeyConditionExpression: 'statusIndex = :status',
    ExpressionAttributeValues: { ':status': `queued-${pk}` },
  }),
  owed: (pk, before) => ({
    IndexName: 'by-owed',
    KeyConditionExpression: 'owedIndex = :owed AND updatedAt < :before',
    ExpressionAttributeValues: { ':owed': `owed-${pk}`, ':before': before },
  }),
};

function timeOf(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString();
}

async function readAllPages(send: (input: QueryCommandInput) => Promise<object>, query: QueryCommandInput) {
  const items: unknown[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await send({ ...query, ...(ExclusiveStartKey && { ExclusiveStartKey }) });
    const { Items = [], LastEvaluatedKey } = page as {
      Items?: unknown[];
      LastEvaluatedKey?: Record<string, unknown>;
    };
    items.push(...Items);
    if (LastEvaluatedKey !== undefined) items.push(LastEvaluatedKey);
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}
