import { z } from 'zod';
import { matchesPattern } from '../matches-pattern.ts';
import { uploadPath } from '../object-key.ts';
import { profileNameSchema } from './profile-name.ts';

/** Uploads whose path below `videos/` matches have the profile. */
export const profileRuleSchema = z.strictObject({
  pattern: z
    .string()
    .min(1)
    .max(200)
    .describe('A path below `videos/`; `*` stands for any characters, also for none and for `/`.'),
  profile: profileNameSchema.describe('Name of a profile.'),
});
export const profileRulesSchema = z.array(profileRuleSchema).max(100);
export type ProfileRules = z.infer<typeof profileRulesSchema>;

/** The profile of the first rule that matches; null if none does. */
export function profileByRule(sourceKey: string, rules: ProfileRules): string | null {
  const path = uploadPath(sourceKey);
  return rules.find(({ pattern }) => matchesPattern(path, pattern))?.profile ?? null;
}
