import type { JsonObject } from '../json-value.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
export type TaskStatus = 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'STOPPING' | 'DEPROVISIONING' | 'STOPPED';

export type StopCode =
  | 'TaskFailedToStart'
  | 'EssentialContainerExited'
  | 'UserInitiated'
  | 'TerminationNotice';

/** A task as it is stored on disk. Times are in milliseconds since 1970. */
export interface TaskRecord {
  readonly taskId: string;
  readonly taskArn: string;
  readonly containerArn: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly containerName: string;
  readonly group: string;
  readonly startedBy: string | null;
  readonly capacityProvider: string | null;
  readonly cpu: string;
  readonly memory: string;
  readonly ephemeralStorageGiB: number;
  /** As in the RunTask call. */
  readonly overrides: JsonObject;
  readonly tags: readonly unknown[];
  /** A repeated RunTask call with the same token returns this task. */
  readonly clientToken: string | null;
  readonly requestFingerprint: string;

  readonly lastStatus: TaskStatus;
  readonly desiredStatus: 'RUNNING' | 'STOPPED';
  /** Incremented with each change. */
  readonly version: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly stoppingAt: number | null;
  readonly executionStoppedAt: number | null;
  readonly stoppedAt: number | null;
  readonly stopCode: StopCode | null;
  readonly stoppedReason: string | null;
  readonly exitCode: number | null;
  readonly containerReason: string | null;

  /** Null until the process runs. */
  readonly process: ProcessIdentity | null;
  /** Whether the event about its end is published. */
  readonly endAnnounced: boolean;
}
