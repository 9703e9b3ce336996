import { defaultProfileName } from '../profiles/profile-name.ts';
import { describeIssues } from './describe-issues.ts';
import { isTextSetting } from './is-text-setting.ts';
import { describeReplacedSettings, isReplacedSetting } from './replaced-settings.ts';
import { type Settings, settingsSchema } from './settings-schema.ts';

/** The settings with their defaults, or what is wrong with them: one entry per invalid or unknown setting. */
export type ParsedSettings =
  | { readonly settings: Settings; readonly faults: readonly [] }
  | { readonly settings: null; readonly faults: readonly string[] };

/** @param values the settings by their names without `fyrestream:` */
export function parseSettings(values: Readonly<Record<string, unknown>>): ParsedSettings {
  const replaced = describeReplacedSettings(Object.keys(values), 'fyrestream:');
  const parsed = settingsSchema.safeParse(withTexts(values), { reportInput: true });
  if (!parsed.success)
    return { settings: null, faults: [...replaced, ...describeIssues(parsed.error, 'fyrestream:')] };
  const faults = [...replaced, ...conflictsOf(parsed.data, values)];
  return faults.length === 0 ? { settings: parsed.data, faults: [] } : { settings: null, faults };
}

/** Settings that were given but would have no effect beside the others. The schema cannot tell them from defaults. */
function conflictsOf({ network, profiles }: Settings, values: Readonly<Record<string, unknown>>): string[] {
  const hasNoNat = network === 'economy' && values.nat !== undefined;
  const isDefaultTwice = values.ladder !== undefined && profiles[defaultProfileName] !== undefined;
  return [
    ...(hasNoNat
      ? ['fyrestream:nat: has no effect with `network: economy`, which has no NAT: remove one of them']
      : []),
    ...(isDefaultTwice
      ? ['fyrestream:ladder: is the short form of fyrestream:profiles.default: remove one of them']
      : []),
  ];
}

/** YAML reads an unquoted text that looks like a number as one. Settings that no longer exist are reported apart. */
function withTexts(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => !isReplacedSetting(name))
      .map(([name, value]) => [
        name,
        typeof value === 'number' && isTextSetting(name) ? String(value) : value,
      ]),
  );
}
