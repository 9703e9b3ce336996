import type { AccessKey } from './principals/access-keys.ts';

/** How a client reaches a running local cloud, acting as the operator. */
export interface LocalConnection {
  /** The control plane: SQS, DynamoDB, Lambda, ECS, EventBridge, Secrets Manager and CloudWatch Logs on one port. */
  readonly url: string;
  readonly s3Url: string;
  readonly region: string;
  readonly accountId: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly dataDirectory: string;
  readonly credentials: AccessKey;
  /** Everything a process needs in its environment to act on this cloud, credentials excepted. */
  readonly environment: Readonly<Record<string, string>>;
}
