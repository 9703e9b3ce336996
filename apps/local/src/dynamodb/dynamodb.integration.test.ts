import { connect } from 'node:net';
import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServiceGateway, type TestServiceGateway } from '../../test/test-service-gateway.ts';
import { createDynamodbService } from './create-dynamodb-service.ts';
import { jobsTableDefinition } from './jobs-table-definition.ts';
import { type LocalDynamodb, openLocalDynamodb } from './open-local-dynamodb.ts';

const TableName = 'fyrestream-jobs-local';
let parts: TestServiceGateway;
let tables: LocalDynamodb;
let client: DynamoDBClient;

async function open(): Promise<LocalDynamodb> {
  const opened = await openLocalDynamodb(parts.layout.tables);
  await opened.ensureTable(jobsTableDefinition(TableName));
  return opened;
}

beforeAll(async () => {
  parts = await startTestServiceGateway();
  tables = await open();
  parts.controlPlane.add(
    createDynamodbService({ ...tables, call: (operation, body) => tables.call(operation, body) }),
  );
  client = new DynamoDBClient(parts.clientFor('worker'));
});
afterAll(async () => {
  await tables.close();
  await parts.close();
});

function put(jobId: string, status: string, condition?: string) {
  return new PutItemCommand({
    TableName,
    Item: {
      pk: { S: `job#${jobId}` },
      sk: { S: 'job' },
      statusIndex: { S: status },
      updatedAt: { S: '2026-01-01T00:00:00Z' },
    },
    ...(condition && { ConditionExpression: condition }),
  });
}

it('writes under a condition and fails where it does not hold', async () => {
  await client.send(put('a', 'running', 'attribute_not_exists(pk)'));
  await expect(client.send(put('a', 'running', 'attribute_not_exists(pk)'))).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
  });
});

it('finds jobs by status, also after a restart', async () => {
  await client.send(put('b', 'failed'));
  await tables.close();
  tables = await open();
  const { Items } = await client.send(
    new QueryCommand({
      TableName,
      IndexName: 'by-status',
      KeyConditionExpression: 'statusIndex = :status',
      ExpressionAttributeValues: { ':status': { S: 'failed' } },
    }),
  );
  expect(Items?.map((item) => item.pk?.S)).toEqual(['job#b']);
});

it('survives a client that disconnects during a request', async () => {
  const { hostname, port } = new URL(parts.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      const head =
        'POST / HTTP/1.1\r\nhost: x\r\nx-amz-target: DynamoDB_20120810.PutItem\r\ncontent-length: 100\r\n\r\n{';
      socket.write(head, () => setTimeout(() => socket.resetAndDestroy(), 50));
    });
    socket.on('close', () => resolve());
  });
  const { Item } = await client.send(
    new GetItemCommand({ TableName, Key: { pk: { S: 'job#b' }, sk: { S: 'job' } } }),
  );
  expect(Item?.statusIndex?.S).toBe('failed');
});

it('refuses other tables and unknown operations', async () => {
  await expect(client.send(new DescribeTableCommand({ TableName }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  const operator = new DynamoDBClient(parts.clientFor('operator'));
  await expect(operator.send(new TransactWriteItemsCommand({ TransactItems: [] }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
});

it('refuses a table of another version', async () => {
  const current = jobsTableDefinition('fyrestream-older');
  const older = {
    ...current,
    AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  };
  const { GlobalSecondaryIndexes: _none, ...withoutIndexes } = older;
  const created = await tables.call('CreateTable', JSON.stringify(withoutIndexes));
  expect(created.status).toBe(200);
  await expect(tables.ensureTable(current)).rejects.toMatchObject({ code: 'table-outdated' });
});
