import { FyrestreamError } from '../fyrestream-error.ts';
import type { Upload } from '../upload.ts';
import type { Making } from './making.ts';
import type { ResolvedProfile } from './profile.ts';
import { defaultProfileName } from './profile-name.ts';
import { profileByRule } from './profile-rules.ts';
import type { StackProfiles } from './stack-profiles.ts';
import type { UploadChoice } from './upload-choice.ts';

export interface UploadChoices {
  readonly metadata: UploadChoice;
  readonly sidecar: UploadChoice;
}

/**
 * How an upload is made: its profile is the one that a person named for its edition, else that of its metadata, of its sidecar, of the
 * first rule that matches, or `default`; its options are those of its metadata or of its sidecar.
 * @throws FyrestreamError `profile-unknown`
 */
export function chooseMaking(
  upload: Pick<Upload, 'key' | 'edition' | 'profile'>,
  { metadata, sidecar }: UploadChoices,
  { profiles, rules }: StackProfiles,
): Making {
  const options = metadata.options ?? sidecar.options ?? {};
  const { profile, from } = chooseProfile(upload, { metadata, sidecar }, rules);
  const ofProfile = profileOf(profile, profiles).priority;
  // Nobody waits for what is published already.
  const priority = upload.edition === undefined ? (options.priority ?? ofProfile) : 'bulk';
  return { profile, options, from, ...(priority !== null && { priority }) };
}

function chooseProfile(
  { key, profile: wanted }: Pick<Upload, 'key' | 'profile'>,
  { metadata, sidecar }: UploadChoices,
  rules: StackProfiles['rules'],
): Pick<Making, 'profile' | 'from'> {
  if (wanted !== undefined) return { profile: wanted, from: 'remake' };
  if (metadata.profile !== undefined) return { profile: metadata.profile, from: 'metadata' };
  if (sidecar.profile !== undefined) return { profile: sidecar.profile, from: 'sidecar' };
  const byRule = profileByRule(key, rules);
  return byRule === null
    ? { profile: defaultProfileName, from: 'default' }
    : { profile: byRule, from: 'rule' };
}

/** @throws FyrestreamError `profile-unknown`: a retry succeeds once the stack has the profile, or the sidecar names another */
export function profileOf(name: string, profiles: StackProfiles['profiles']): ResolvedProfile {
  const profile = profiles.get(name);
  if (profile !== undefined) return profile;
  throw new FyrestreamError({
    code: 'profile-unknown',
    message: `The stack has no profile ${name}, but ${[...profiles.keys()].join(', ')}: choose one of these, or add it to fyrestream:profiles, then retry the job.`,
    retryable: false,
  });
}
