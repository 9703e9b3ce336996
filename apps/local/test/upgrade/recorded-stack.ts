import { readFileSync } from 'node:fs';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Upload } from '@fyrestream/events';

export type Item = Record<string, AttributeValue>;

/** What a stack held at one moment, in the formats of the release that ran it. */
export interface RecordedStack {
  /** The items of the ledger, as DynamoDB has them. */
  readonly items: readonly Item[];
  /** Messages in the control queue, and calls of the invoker by the poller. */
  readonly controlMessages: readonly unknown[];
  readonly invokerMessages: readonly unknown[];
  readonly uploads: Readonly<Record<WorkCase, Upload>>;
  /** The uploaded files, in base64. */
  readonly sources: Readonly<Record<WorkCase, string>>;
  /** Objects of the output bucket by their keys, in base64. */
  readonly objects: Readonly<Record<string, string>>;
  /** The environment of the invoker. */
  readonly invokerEnvironment: Readonly<Record<string, string>>;
  /** Jobs by the state in which they were recorded. */
  readonly jobIds: Readonly<Record<JobCase, string>>;
  readonly recordedAt: string;
}

/** Jobs with work to do. `begun`: a worker has stored the plan and a part of the video. */
export type WorkCase = 'begun' | 'waiting' | 'planned';
export type JobCase = WorkCase | 'held' | 'cancelled' | 'succeeded' | 'failed';

const recordedRelease = '0.1.0';
export const folderOf = (release: string) => new URL(`./${release}/`, import.meta.url);

export function readRecordedStack(release = recordedRelease): RecordedStack {
  return JSON.parse(readFileSync(new URL('stack.json', folderOf(release)), 'utf8'));
}
