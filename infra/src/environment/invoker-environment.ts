import type { Input } from '@pulumi/pulumi';
import type { StackContext } from '../stack-context.ts';
import { ledgerEnvironment } from './ledger-environment.ts';

/** What only other resources know. */
export interface InvokerSurroundings {
  readonly controlQueueUrl: Input<string>;
  /** Family and revision: what is frozen in a record must not change under it. */
  readonly taskDefinition: Input<string>;
  /** Comma-separated. */
  readonly subnetIds: Input<string>;
  readonly securityGroupId: Input<string>;
}

/** Everything that the invoker reads from its environment. */
export function invokerEnvironment(context: StackContext, surroundings: InvokerSurroundings) {
  const { names, settings } = context;
  return {
    ...ledgerEnvironment(context),
    FYRESTREAM_SOURCE_BUCKET: names.sourceBucket,
    FYRESTREAM_OUTPUT_BUCKET: names.outputBucket,
    FYRESTREAM_OLD_VERSION_RETENTION_DAYS: String(settings.oldVersionDays),
    FYRESTREAM_CONTROL_QUEUE_URL: surroundings.controlQueueUrl,
    FYRESTREAM_CLUSTER: names.cluster,
    FYRESTREAM_TASK_DEFINITION: surroundings.taskDefinition,
    FYRESTREAM_CONTAINER_NAME: names.container,
    FYRESTREAM_SUBNETS: surroundings.subnetIds,
    FYRESTREAM_SECURITY_GROUPS: surroundings.securityGroupId,
    FYRESTREAM_MAX_CONCURRENT_TASKS: String(settings.maxConcurrentTasks),
    FYRESTREAM_SPOT: String(settings.spot),
    FYRESTREAM_COST_LIMIT_USD: String(settings.costLimitUsd),
  };
}
