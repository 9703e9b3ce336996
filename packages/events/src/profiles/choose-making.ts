import { FyrestreamError } from '../fyrestream-error.ts';
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
 * How an upload is made: its profile is that of its metadata, of its sidecar, of the first rule that matches, or `default`; its options
 * are those of its metadata or of its sidecar.
 * @throws FyrestreamError `profile-unknown`
 */
export function chooseMaking(
  sourceKey: string,
  { metadata, sidecar }: UploadChoices,
  { profiles, rules }: StackProfiles,
): Making {
  const options = metadata.options ?? sidecar.options ?? {};
  const { profile, from } = chooseProfile(sourceKey, { metadata, sidecar }, rules);
  const priority = options.priority ?? profileOf(profile, profiles).priority;
  return { profile, options, from, ...(priority !== null && { priority }) };
}

function chooseProfile(
  sourceKey: string,
  { metadata, sidecar }: UploadChoices,
  rules: StackProfiles['rules'],
): Pick<Making, 'profile' | 'from'> {
  if (metadata.profile !== undefined) return { profile: metadata.profile, from: 'metadata' };
  if (sidecar.profile !== undefined) return { profile: sidecar.profile, from: 'sidecar' };
  const byRule = profileByRule(sourceKey, rules);
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
