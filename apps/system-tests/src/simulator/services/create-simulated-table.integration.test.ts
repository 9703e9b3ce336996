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

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'simulated-table-'));
  cloud = await startLocalCloud({ dataDirectory: directory });
  const { region, credentials, environment } = cloud.connection;
  TableName = environment.FYRESTREAM_JOBS_TABLE ?? '';
  client = new DynamoDBClient({ region, credentials, endpoint: cloud.url });
  dynalite = DynamoDBDocumentClient.from(client);
  const random = createRandom(1);
  const faults = createFaults(random, {});
  simulated = createSimulatedTable({ time: createVirtualTime(0), random, faults, trace: () => {} }, () => {});
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
    { numRuns: 200 },
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
    { numRuns: 30 },
  );
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
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}
