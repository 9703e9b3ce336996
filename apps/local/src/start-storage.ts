import { region } from './arn.ts';
import { createDynamodbService } from './dynamodb/create-dynamodb-service.ts';
import { jobsTableDefinition } from './dynamodb/jobs-table-definition.ts';
import { openLocalDynamodb } from './dynamodb/open-local-dynamodb.ts';
import { ensureBuckets } from './ensure-buckets.ts';
import type { PrincipalName } from './iam/principals.ts';
import { listenOn, type PortChoice } from './listen-on.ts';
import type { LocalContext } from './local-context.ts';
import { createS3Gateway } from './s3/create-s3-gateway.ts';
import { createSqsService } from './sqs/create-sqs-service.ts';
import { openQueues } from './sqs/open-queues.ts';
import { createQueueClient, type QueueClient } from './sqs/queue-client.ts';

/** The services that store data: queues, the jobs table and the buckets. */
export interface StorageServices {
  readonly s3Url: string;
  /** A queue, with the permissions of a principal. */
  readonly queueFor: (principal: PrincipalName, queueName: string) => QueueClient;
}

export async function startStorage(context: LocalContext, s3Port: PortChoice): Promise<StorageServices> {
  const { topology, layout, accessControl, controlPlane, freeSpace, shutdown } = context;
  const [queues, tables] = await Promise.all([
    openQueues({
      directory: layout.queues,
      baseUrl: context.controlPlaneUrl,
      queues: Object.values(topology.queues),
      freeSpace,
    }),
    openLocalDynamodb(layout.tables, freeSpace),
  ]);
  shutdown.add(queues.close);
  shutdown.add(tables.close);
  await tables.ensureTable(jobsTableDefinition(topology.jobsTable));
  controlPlane.add(createSqsService(queues));
  controlPlane.add(createDynamodbService(tables));

  const queueFor: StorageServices['queueFor'] = (principal, queueName) =>
    createQueueClient(queues, accessControl, principal, queueName);
  const gateway = await createS3Gateway({
    dataDirectory: layout.objects,
    region,
    lookupSecret: accessControl.lookupSecret,
    authorise: accessControl.authorise,
    deliverNotification: async (queueArn, body) =>
      await queueFor('s3-notifications', queueArn.split(':').at(-1) ?? '').send(body),
    log: context.log,
    freeSpace,
  });
  shutdown.add(gateway.close);
  const s3Url = await listenOn(gateway.listen, s3Port);
  await ensureBuckets({
    s3Url,
    key: context.keys.operator,
    topology,
    nowMilliseconds: context.nowMilliseconds,
  });
  return { s3Url, queueFor };
}
