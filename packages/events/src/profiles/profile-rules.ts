import { z } from 'zod';
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
  return rules.find(({ pattern }) => matches(path, pattern))?.profile ?? null;
}

/** The earliest place of each part is enough, so the time is that of a search for each part, whatever the pattern. */
function matches(path: string, pattern: string): boolean {
  const [first = '', ...parts] = pattern.split('*');
  const last = parts.pop();
  if (last === undefined) return path === pattern;
  if (!path.startsWith(first) || !path.endsWith(last)) return false;
  let position = first.length;
  for (const part of parts) {
    const found = path.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position + last.length <= path.length;
}
