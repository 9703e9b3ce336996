import {
  type Deletion,
  type JobRecord,
  jobIdSchema,
  orderOfUpload,
  uploadKey,
  uploadPrefix,
} from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';
import { findJob } from '../ledger/find-job.ts';

/**
 * What a typed key or job stands for. A key (`videos/a.mov` or `a.mov`) is everything of it up to its newest upload, also after
 * the records of its jobs have expired; a job is the version that it made.
 * @throws FyrestreamError `job-not-found`, `job-ambiguous`
 */
export async function findDeletion(stack: Stack, typed: string): Promise<Deletion> {
  const key = typed.startsWith(uploadPrefix) ? typed : uploadKey(typed);
  const output = jobIdSchema.safeParse(typed).success ? null : await stack.ledger.readOutput(key);
  if (output !== null) return { sourceKey: key, version: output.latest, includesOlder: true };
  return deletionOf(await findJob(stack, typed));
}

function deletionOf({ jobId, upload }: JobRecord): Deletion {
  const version = { jobId, order: orderOfUpload(upload) };
  return { sourceKey: upload.key, version, includesOlder: false };
}
