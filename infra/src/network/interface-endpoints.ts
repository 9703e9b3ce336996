import type { Settings } from '../settings/settings-schema.ts';

/** Services that functions and tasks call, and that Fargate calls for a task: its image and its log. */
const called = ['lambda', 'ecs', 'sqs', 'events', 'logs', 'ecr.api', 'ecr.dkr'] as const;

/** The interface endpoints that stand in for NAT; S3 and DynamoDB have gateways. */
export function interfaceEndpoints({ nat }: Pick<Settings, 'nat'>): readonly string[] {
  return nat === 'none' ? called : [];
}
