import { earlierLadderVariable, type LaunchTargetEnvironment } from '@fyrestream/events';
import type { Input } from '@pulumi/pulumi';
import type { StackContext } from '../stack-context.ts';
import { ledgerEnvironment } from './ledger-environment.ts';
import { profilesEnvironment } from './profiles-environment.ts';

/** Values that come from other resources. */
export interface InvokerResources {
  readonly controlQueueUrl: Input<string>;
  /** Family and revision. Job records store it, so it must name one revision. */
  readonly taskDefinition: Input<string>;
  /** Comma-separated. */
  readonly subnetIds: Input<string>;
  readonly securityGroupId: Input<string>;
}

/** Environment variables of the invoker. */
export function invokerEnvironment(context: StackContext, resources: InvokerResources) {
  const { names, settings } = context;
  const launchTarget: Readonly<Record<keyof LaunchTargetEnvironment, Input<string>>> = {
    FYRESTREAM_CLUSTER: names.cluster,
    FYRESTREAM_TASK_DEFINITION: resources.taskDefinition,
    FYRESTREAM_CONTAINER_NAME: names.container,
    FYRESTREAM_SUBNETS: resources.subnetIds,
    FYRESTREAM_SECURITY_GROUPS: resources.securityGroupId,
    FYRESTREAM_ASSIGN_PUBLIC_IP: String(settings.network === 'economy'),
  };
  return {
    ...ledgerEnvironment(context),
    FYRESTREAM_SOURCE_BUCKET: names.sourceBucket,
    FYRESTREAM_OUTPUT_BUCKET: names.outputBucket,
    FYRESTREAM_OLD_VERSION_RETENTION_DAYS: String(settings.oldVersionDays),
    FYRESTREAM_DELETE_AFTER_SOURCE_DAYS: String(settings.deleteAfterSourceDays ?? ''),
    FYRESTREAM_CONTROL_QUEUE_URL: resources.controlQueueUrl,
    ...launchTarget,
    FYRESTREAM_MAX_CONCURRENT_TASKS: String(settings.maxConcurrentTasks),
    FYRESTREAM_PRIORITIES: JSON.stringify(settings.priorities),
    FYRESTREAM_SHARES: JSON.stringify(settings.shares),
    FYRESTREAM_SPOT: String(settings.spot),
    FYRESTREAM_COST_LIMIT_USD: String(settings.costLimitUsd),
    FYRESTREAM_LADDER: earlierLadderVariable(settings),
    ...profilesEnvironment(context),
  };
}
