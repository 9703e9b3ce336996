import { describeIssues } from './describe-issues.ts';
import { type Settings, settingsSchema } from './settings-schema.ts';

/** The settings with their defaults, or what is wrong with them: one entry per invalid or unknown setting. */
export type ParsedSettings =
  | { readonly settings: Settings; readonly faults: readonly [] }
  | { readonly settings: null; readonly faults: readonly string[] };

/** @param values the settings by their names without `fyrestream:` */
export function parseSettings(values: Readonly<Record<string, unknown>>): ParsedSettings {
  const parsed = settingsSchema.safeParse(values, { reportInput: true });
  if (parsed.success) return { settings: parsed.data, faults: [] };
  return { settings: null, faults: describeIssues(parsed.error, 'fyrestream:') };
}
