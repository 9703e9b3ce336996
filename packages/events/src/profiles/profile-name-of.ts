import type { JobRecord } from '../job-record.ts';
import { defaultProfileName } from './profile-name.ts';

/** The profile by which a job is made: `default` too before it was chosen, and where an earlier release admitted the job. */
export function profileNameOf({ making }: Pick<JobRecord, 'making'>): string {
  return making?.profile ?? defaultProfileName;
}
