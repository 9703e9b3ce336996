import { arn } from '../arn.ts';
import type { AwsOperation, AwsService, Permission } from '../control-plane/aws-service.ts';
import { operationOfTarget } from '../control-plane/json-service.ts';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import type { LocalDynamodb } from './open-local-dynamodb.ts';

/** The DynamoDB API: checks permissions and forwards the calls to dynalite. */
export function createDynamodbService(tables: LocalDynamodb): AwsService {
  return {
    name: 'dynamodb',
    operationOf: (request) => operationOfTarget(request.headers['x-amz-target'], 'DynamoDB_20120810'),
    operations: new Map(operationNames.map((operation) => [operation, forward(tables, operation)])),
    errorCodeIn: 'body',
    accessDenied: { code: 'com.amazon.coral.service#AccessDeniedException', status: 400 },
  };
}

function forward(tables: LocalDynamodb, operation: string): AwsOperation {
  return {
    permissions: ({ input }) => permissionsOf(operation, input),
    run: async ({ request }) => await tables.call(operation, request.body.toString('utf8')),
  };
}

/** The operations of dynalite. It has no transactions and no TTL settings. */
const operationNames = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'ListTables',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
  'UpdateTable',
];

function permissionsOf(operation: string, input: JsonObject): Permission[] {
  const action = `dynamodb:${operation}`;
  const requested = input.RequestItems;
  if (isJsonObject(requested)) {
    return Object.keys(requested).map((table) => ({ action, resource: arn.table(table) }));
  }
  const table = typeof input.TableName === 'string' ? input.TableName : '*';
  const index = input.IndexName;
  return [{ action, resource: typeof index === 'string' ? arn.index(table, index) : arn.table(table) }];
}
