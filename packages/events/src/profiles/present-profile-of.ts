import type { JobRecord } from '../job-record.ts';
import { defaultProfileName } from './profile-name.ts';
import { profileByRule } from './profile-rules.ts';
import type { StackProfiles } from './stack-profiles.ts';

/** The name of the profile that an upload has now: the one that somebody named for it, else that of the rules of the stack. */
export function presentProfileOf(
  { upload, making }: Pick<JobRecord, 'upload' | 'making'>,
  { rules }: Pick<StackProfiles, 'rules'>,
): string {
  if (making !== undefined && making.from !== 'rule' && making.from !== 'default') return making.profile;
  return profileByRule(upload.key, rules) ?? defaultProfileName;
}
