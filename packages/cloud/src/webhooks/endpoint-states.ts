import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Reason, reasonSchema } from '@fyrestream/events';
import { z } from 'zod';
import { type Connection, clientConfiguration } from '../connection.ts';
import { endpointKey } from '../ledger/ledger-table.ts';

/** An endpoint as the ledger knows it: by its name and its URL, so that one with a new URL starts afresh. */
export interface EndpointAddress {
  readonly name: string;
  readonly url: string;
}

const endpointStateSchema = z.object({
  /** The first failure since a success. */
  failingSince: z.iso.datetime(),
  lastFailure: z.object({ at: z.iso.datetime(), reason: reasonSchema }),
  /** Nothing is posted to it from then on. */
  disabledAt: z.iso.datetime().optional(),
});

/** What failed; an endpoint that works has no state. */
export type EndpointState = z.infer<typeof endpointStateSchema>;

/** A disabled endpoint is tried again after this time, and the item of a removed one disappears. */
const retentionSeconds = 30 * 86_400;

export type EndpointStates = ReturnType<typeof createEndpointStates>;

/** The states of the endpoints of webhooks, one item each in the table of the ledger. */
export function createEndpointStates(connection: Connection, tableName: string) {
  const client = new DynamoDBClient(clientConfiguration(connection, 'dynamodb'));
  return createEndpointStatesWithTable(DynamoDBDocumentClient.from(client), tableName);
}

export function createEndpointStatesWithTable(documents: DynamoDBDocumentClient, tableName: string) {
  const itemOf = ({ name, url }: EndpointAddress) => ({
    TableName: tableName,
    Key: endpointKey(name, createHash('sha256').update(url).digest('hex')),
  });
  const record = async (
    endpoint: EndpointAddress,
    { at, reason }: { readonly at: string; readonly reason: Reason },
    isDisabled: boolean,
  ): Promise<EndpointState> => {
    const { Attributes } = await documents.send(
      new UpdateCommand({
        ...itemOf(endpoint),
        UpdateExpression: [
          'SET failingSince = if_not_exists(failingSince, :at), lastFailure = :failure, expiresAt = :expiresAt',
          ...(isDisabled ? ['disabledAt = if_not_exists(disabledAt, :at)'] : []),
        ].join(', '),
        ExpressionAttributeValues: {
          ':at': at,
          ':failure': { at, reason },
          ':expiresAt': Math.floor(Date.parse(at) / 1_000) + retentionSeconds,
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return endpointStateSchema.parse(Attributes);
  };
  return {
    async read(endpoint: EndpointAddress): Promise<EndpointState | null> {
      const { Item } = await documents.send(new GetCommand(itemOf(endpoint)));
      return Item === undefined ? null : endpointStateSchema.parse(Item);
    },

    recordFailure: (endpoint: EndpointAddress, failure: { readonly at: string; readonly reason: Reason }) =>
      record(endpoint, failure, false),

    disable: (endpoint: EndpointAddress, failure: { readonly at: string; readonly reason: Reason }) =>
      record(endpoint, failure, true),

    /** After a success, or to enable it again. */
    async clear(endpoint: EndpointAddress): Promise<void> {
      await documents.send(new DeleteCommand(itemOf(endpoint)));
    },
  };
}
