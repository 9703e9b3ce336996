import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { jsonVariable } from '../json-variable.ts';
import { ladderConfigSchema } from '../ladder-config.ts';
import { profileRulesSchema } from './profile-rules.ts';
import { type ProfileSettings, profilesSchema } from './stack-profiles.ts';

/** The profiles of a stack as an environment variable. Ladders resemble one another, so it has a tenth of their JSON. */
export function packProfiles({ ladder, profiles, profileRules }: ProfileSettings): string {
  return deflateRawSync(JSON.stringify({ ladder, profiles, profileRules }), { level: 9 }).toString('base64');
}

/** Parses such a variable. */
export const profilesVariable = z
  .string()
  .min(1)
  .transform((value, context) => {
    try {
      return inflateRawSync(Buffer.from(value, 'base64')).toString();
    } catch {
      context.addIssue({ code: 'custom', message: 'is not deflated base64' });
      return z.NEVER;
    }
  })
  .pipe(
    jsonVariable(
      z.strictObject({
        ladder: ladderConfigSchema,
        profiles: profilesSchema,
        profileRules: profileRulesSchema,
      }),
    ),
  );
