import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { StackContext } from '../stack-context.ts';

/** Keys of the table. A test compares them with those in `packages/cloud`. */
const table = {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [
    { name: 'by-status', partitionKey: 'statusIndex', sortKey: 'updatedAt' },
    { name: 'by-owed', partitionKey: 'owedIndex', sortKey: 'updatedAt' },
  ],
  timeToLiveAttribute: 'expiresAt',
};

/** The ledger: one DynamoDB table, billed per request, with point-in-time recovery for 35 days. */
export class Ledger extends pulumi.ComponentResource {
  readonly table: aws.dynamodb.Table;

  constructor({ names, settings }: StackContext, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:Ledger', 'ledger', {}, options);
    const keys = [table.partitionKey, table.sortKey].concat(
      table.indexes.flatMap((index) => [index.partitionKey, index.sortKey]),
    );
    this.table = new aws.dynamodb.Table(
      'fyrestream-jobs',
      {
        name: names.jobsTable,
        billingMode: 'PAY_PER_REQUEST',
        hashKey: table.partitionKey,
        rangeKey: table.sortKey,
        attributes: [...new Set(keys)].map((name) => ({ name, type: 'S' })),
        globalSecondaryIndexes: table.indexes.map((index) => ({
          name: index.name,
          hashKey: index.partitionKey,
          rangeKey: index.sortKey,
          projectionType: 'ALL',
        })),
        ttl: { enabled: true, attributeName: table.timeToLiveAttribute },
        pointInTimeRecovery: { enabled: true },
        // DynamoDB encrypts with its own key by default, free of charge.
        serverSideEncryption: { enabled: false },
      },
      { parent: this, retainOnDelete: settings.keepDataOnDestroy },
    );
    this.registerOutputs({ name: this.table.name });
  }
}
