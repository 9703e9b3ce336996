import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { createLedgerWithTable, type Ledger } from '../src/ledger/create-ledger.ts';
import { jobKey, ledgerTableDefinition } from '../src/ledger/ledger-table.ts';

const tableName = 'fyrestream-jobs-test';
const recordRetentionDays = 90;

/** A ledger over the DynamoDB protocol (dynalite, in memory), with a clock that changes only by `advance`. */
export interface TestLedger {
  readonly tableName: string;
  readonly documents: DynamoDBDocumentClient;
  readonly ledger: Ledger;
  readonly clock: TestClock;
  /** The same table through another client. */
  over(documents: DynamoDBDocumentClient): Ledger;
  /** Changes the item of a job, as a program of another release may have written it. */
  rewriteJob(jobId: string, changes: Readonly<Record<string, unknown>>): Promise<void>;
  /**
   * Copies the items that contain a text, once for each map, with its values in place of its keys: many records in little time.
   */
  copyItems(containing: string, copies: readonly ReadonlyMap<string, string>[]): Promise<void>;
  close(): Promise<void>;
}

export interface TestClock {
  now(): string;
  advance(seconds: number): void;
}

export async function openTestLedger(): Promise<TestLedger> {
  const server = loadDynalite()({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await client.send(new CreateTableCommand(createTableInput()));
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const clock = createTestClock();
  const over = (ownDocuments: DynamoDBDocumentClient) =>
    createLedgerWithTable({ documents: ownDocuments, tableName, recordRetentionDays }, clock.now);
  return {
    tableName,
    documents,
    ledger: over(documents),
    clock,
    over,
    async rewriteJob(jobId, changes) {
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: jobKey(jobId) }));
      await documents.send(new PutCommand({ TableName: tableName, Item: { ...Item, ...changes } }));
    },
    async copyItems(containing, copies) {
      const { Items = [] } = await documents.send(new ScanCommand({ TableName: tableName }));
      const originals = Items.map((item) => JSON.stringify(item)).filter((item) => item.includes(containing));
      const copied = copies.flatMap((texts) =>
        originals.map((item) =>
          JSON.parse([...texts].reduce((text, [from, to]) => text.replaceAll(from, to), item)),
        ),
      );
      // Of one request. Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
      for (let from = 0; from < copied.length; from += 25) {
        const requests = copied.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
        await documents.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
      }
    },
    async close() {
      client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * A client whose network loses the answer to each write: the write is sent again, as the SDK does, and meets its own
 * result.
 */
export function withLostAnswers(documents: DynamoDBDocumentClient): DynamoDBDocumentClient {
  const send = async (command: Parameters<DynamoDBDocumentClient['send']>[0]) => {
    const isWrite = /^(Put|Update)Command$/.test(command.constructor.name);
    if (isWrite) await documents.send(command);
    return documents.send(command);
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

/** dynalite has no types and is no ES module. */
function loadDynalite(): (options: object) => Server {
  const require = createRequire(import.meta.url);
  return require('dynalite');
}

function createTestClock(): TestClock {
  let milliseconds = Date.parse('2026-01-02T03:04:05.000Z');
  return {
    now: () => new Date(milliseconds).toISOString(),
    advance: (seconds) => {
      milliseconds += seconds * 1_000;
    },
  };
}

function createTableInput() {
  const { partitionKey, sortKey, indexes } = ledgerTableDefinition;
  const names = [partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
  const keySchema = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: [...new Set(names)].map((name) => ({
      AttributeName: name,
      AttributeType: 'S' as const,
    })),
    KeySchema: keySchema(partitionKey, sortKey),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index.partitionKey, index.sortKey),
      Projection: { ProjectionType: 'ALL' as const },
    })),
  };
}
