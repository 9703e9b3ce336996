import type { Settings } from '@fyrestream/events';

/** Services that functions and tasks call, or that Fargate calls for a task (image and log). */
const calledServices = ['lambda', 'ecs', 'sqs', 'events', 'logs', 'ecr.api', 'ecr.dkr'] as const;

/** Services that need an interface endpoint when there is no NAT. S3 and DynamoDB use gateway endpoints. */
export function interfaceEndpoints({ network, nat }: Pick<Settings, 'network' | 'nat'>): readonly string[] {
  return network === 'private' && nat === 'none' ? calledServices : [];
}
