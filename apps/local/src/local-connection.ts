import type { AccessKey } from './iam/access-keys.ts';

/** The addresses of a running local cloud, and the access key of its operator. */
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
  /** The environment variables that a process needs to use this cloud, without credentials. */
  readonly environment: Readonly<Record<string, string>>;
}
