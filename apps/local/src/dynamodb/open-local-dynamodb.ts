// Workspaces that import this one compile it too, and find the declaration only by this reference.
/// <reference path="./dynalite.d.ts" />
import type { RequestListener } from 'node:http';
import { inject } from 'light-my-request';
import { region } from '../arn.ts';
import { type MeasureFreeSpace, measureFreeSpace, reservedBytes } from '../free-space.ts';
import { LocalError } from '../local-error.ts';
import { findTableDamage } from './find-table-damage.ts';
import type { TableDefinition } from './jobs-table-definition.ts';

export interface LocalDynamodb {
  /** Runs one DynamoDB operation by its API name, without a network connection. */
  readonly call: (operation: string, body: string) => Promise<TableResponse>;
  /** Creates the table if it does not exist. */
  readonly ensureTable: (definition: TableDefinition) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface TableResponse {
  readonly status: number;
  readonly body: string;
}

/**
 * Opens dynalite over LevelDB in this process. It gets no port, because dynalite throws, and so ends the process, when a
 * client closes the connection during a request.
 * @throws LocalError `ledger-damaged`, before anything is changed
 */
export async function openLocalDynamodb(
  directory: string,
  freeSpace: MeasureFreeSpace = measureFreeSpace,
): Promise<LocalDynamodb> {
  const damage = await findTableDamage(directory);
  if (damage !== null) throw damaged(directory, damage);
  const { default: dynalite } = await import('dynalite');
  const server = dynalite({ path: directory, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const dispatch: RequestListener = (request, response) => {
    server.emit('request', request, response);
  };
  const call: LocalDynamodb['call'] = async (operation, body) => {
    if (isWrite(operation) && (await freeSpace(directory)) < reservedBytes.records) return diskFull;
    const answer = await inject(dispatch, {
      method: 'POST',
      url: '/',
      headers: { ...unverified, 'x-amz-target': `DynamoDB_20120810.${operation}` },
      payload: body,
    });
    return { status: answer.statusCode, body: answer.payload };
  };
  return {
    call,
    ensureTable: (definition) => ensureTable(call, definition),
    close: () =>
      // dynalite flushes and closes its store only in the close of a server that listens.
      new Promise((resolve) => {
        server.listen(0, '127.0.0.1', () => server.close(() => resolve()));
      }),
  };
}

function isWrite(operation: string): boolean {
  return /^(Put|Update|Create|BatchWrite)/.test(operation);
}

const diskFull: TableResponse = {
  status: 503,
  body: JSON.stringify({ __type: 'ServiceUnavailable', message: 'The disk of the local cloud is full.' }),
};

function damaged(directory: string, damage: string): LocalError {
  return new LocalError({
    code: 'ledger-damaged',
    message:
      `The ledger in ${directory} is damaged: ${damage}. Restore the folder from a backup, ` +
      'or move it away to start with an empty ledger, which does not know the earlier jobs.',
    retryable: false,
  });
}

/** @throws LocalError `table-outdated` where a table of that name has other indexes, `table-not-created` */
async function ensureTable(call: LocalDynamodb['call'], definition: TableDefinition): Promise<void> {
  const { TableName } = definition;
  const created = await call('CreateTable', JSON.stringify(definition));
  if (created.status === 200) return;
  if (!created.body.includes('#ResourceInUseException')) {
    throw new LocalError({
      code: 'table-not-created',
      message: `The table ${TableName} cannot be created: ${created.body}`,
      retryable: false,
    });
  }
  const { body } = await call('DescribeTable', JSON.stringify({ TableName }));
  const described = (JSON.parse(body) as { Table: Partial<TableDefinition> }).Table;
  if (indexNames(described) === indexNames(definition)) return;
  throw new LocalError({
    code: 'table-outdated',
    message: `The table ${TableName} was created by another version of Fyrestream: choose another data directory, or remove this one.`,
    retryable: false,
  });
}

function indexNames({ GlobalSecondaryIndexes: indexes = [] }: Partial<TableDefinition>): string {
  return indexes
    .map((index) => index.IndexName)
    .sort()
    .join();
}

/** dynalite requires a signature but does not verify it; the control plane has verified the real one. */
const unverified = {
  'content-type': 'application/x-amz-json-1.0',
  authorization: `AWS4-HMAC-SHA256 Credential=local/20200101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
  'x-amz-date': '20200101T000000Z',
};
