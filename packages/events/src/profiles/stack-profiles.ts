import { z } from 'zod';
import { type LadderConfig, ladderConfigSchema } from '../ladder-config.ts';
import { unencryptableOutputs } from './encryption.ts';
import { type Profile, profileSchema, type ResolvedProfile } from './profile.ts';
import { defaultProfileName, profileNameSchema } from './profile-name.ts';
import type { ProfileRules } from './profile-rules.ts';

/** The profiles of a stack by their names. */
export const profilesSchema = z.record(profileNameSchema, profileSchema);
export type Profiles = z.infer<typeof profilesSchema>;

/** The profiles of a stack, complete, and which uploads get them. */
export interface StackProfiles {
  readonly profiles: ReadonlyMap<string, ResolvedProfile>;
  readonly rules: ProfileRules;
}

/** The settings that define the profiles of a stack. */
export interface ProfileSettings {
  /** The short form of the profile `default`; what that leaves out. */
  readonly ladder: LadderConfig;
  readonly profiles: Profiles;
  readonly profileRules: ProfileRules;
}

/** All profiles of a stack, `default` first. @throws z.ZodError if one is not valid together with `default`, which `parseSettings` finds */
export function stackProfilesOf({ ladder, profiles, profileRules }: ProfileSettings): StackProfiles {
  const written = profiles[defaultProfileName] ?? {};
  const base = resolve(written, { ladder, priority: null });
  const resolved = Object.entries({ [defaultProfileName]: written, ...profiles }).map(
    ([name, profile]) => [name, resolve(profile, base)] as const,
  );
  return { profiles: new Map(resolved), rules: profileRules };
}

function resolve(profile: Profile, base: ResolvedProfile): ResolvedProfile {
  return {
    ladder: ladderConfigSchema.parse(mergeLadder(profile, base.ladder)),
    priority: profile.priority ?? base.priority,
  };
}

/**
 * The ladder of a profile with the fields of another one that it leaves out, not yet checked as a whole. Where it encrypts, it leaves out
 * of the outputs of that other one what cannot be encrypted.
 */
export function mergeLadder({ priority: _, ...media }: Profile, base: LadderConfig): Record<string, unknown> {
  const merged = { ...base, ...media, audio: { ...base.audio, ...media.audio } };
  if (merged.encryption === 'off' || media.outputs !== undefined) return merged;
  return { ...merged, outputs: base.outputs.filter((output) => !unencryptableOutputs.includes(output)) };
}
