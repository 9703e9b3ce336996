import { type ResolvedProfile, stackProfilesOf } from '@fyrestream/events';
import { ProblemError } from '../problems/problem-error.ts';
import type { ShownSettings } from '../services.ts';

/**
 * The profile of the stack with this name.
 * @throws ProblemError 400 `profile-unknown` that names the field
 */
export function requireProfile(name: string, settings: ShownSettings): ResolvedProfile {
  const { profiles } = stackProfilesOf(settings);
  const profile = profiles.get(name);
  if (profile !== undefined) return profile;
  const message = `The stack has no profile ${name}, but ${[...profiles.keys()].join(', ')}.`;
  throw new ProblemError(400, { code: 'profile-unknown', message, retryable: false }, [
    { path: 'json.profile', message },
  ]);
}
