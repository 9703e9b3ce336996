import type { ZodError } from 'zod';
import { ladderConfigSchema } from '../ladder-config.ts';
import { defaultProfileName } from '../profiles/profile-name.ts';
import { mergeLadder, type ProfileSettings } from '../profiles/stack-profiles.ts';

/** What is wrong with a field of several settings together. */
export interface SettingsFault {
  readonly path: (string | number)[];
  readonly message: string;
}

/** Profiles that are not valid with the fields of `default`, and rules that name no profile. */
export function profileFaults({ ladder, profiles, profileRules }: ProfileSettings): SettingsFault[] {
  const { [defaultProfileName]: written = {}, ...others } = profiles;
  const base = ladderConfigSchema.safeParse(mergeLadder(written, ladder));
  if (!base.success) return faultsOf(defaultProfileName, base.error);
  const ofProfiles = Object.entries(others).flatMap(([name, profile]) =>
    faultsOf(name, ladderConfigSchema.safeParse(mergeLadder(profile, base.data)).error),
  );
  const names = [...new Set([defaultProfileName, ...Object.keys(profiles)])];
  const ofRules = profileRules.flatMap(({ profile }, index) =>
    names.includes(profile)
      ? []
      : [
          {
            path: ['profileRules', index, 'profile'],
            message: `must be one of the profiles ${names.join(', ')}`,
          },
        ],
  );
  return [...ofProfiles, ...ofRules];
}

function faultsOf(name: string, error: ZodError | undefined): SettingsFault[] {
  return (error?.issues ?? []).map(({ path, message }) => ({
    path: ['profiles', name, ...path.map(String)],
    message,
  }));
}
