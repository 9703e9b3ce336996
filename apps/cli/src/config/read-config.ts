import { parseSettings, type Settings } from '@fyrestream/events';
import { z } from 'zod';
import { UsageError } from '../usage-error.ts';
import { readDocument } from './read-document.ts';

/** What a config file sets. */
export interface StackConfig {
  /** Only the settings that it contains, without defaults. */
  readonly settings: Partial<Settings>;
  /** `aws:region`; undefined if it contains none. */
  readonly region: string | undefined;
}

export const configHelp =
  'settings from a file: Pulumi.<stack>.yaml, or YAML or JSON with settings by their names (see docs/settings.md)';

/** A stack's file of Pulumi has everything below `config`. */
const stackFileSchema = z.object({ config: z.record(z.string(), z.unknown()) });
const valuesSchema = z.record(z.string(), z.unknown());
const namespace = 'fyrestream:';

/**
 * Reads the settings of a stack from `Pulumi.<stack>.yaml`, or from a YAML or JSON file that contains only settings, with or
 * without `fyrestream:` before their names.
 * @throws UsageError `bad-config`, one sentence with the path of each field that is wrong
 */
export async function readConfig(typed: string): Promise<StackConfig> {
  const document = await readDocument(typed, 'bad-config');
  const stackFile = stackFileSchema.safeParse(document);
  const entries = stackFile.success
    ? { data: stackFile.data.config }
    : valuesSchema.safeParse(document ?? {});
  if (entries.data === undefined) {
    throw new UsageError(
      'bad-config',
      `${typed} is no config file: it must contain settings by their names.`,
    );
  }
  const values = Object.fromEntries(
    Object.entries(entries.data)
      .filter(([name]) => name.startsWith(namespace) || !name.includes(':'))
      .map(([name, value]) => [name.replace(namespace, ''), value]),
  );
  const { settings, faults } = parseSettings(values);
  if (settings === null) {
    throw new UsageError('bad-config', `${typed} is not a valid config: ${faults.join('; ')}.`);
  }
  const given = Object.entries(settings).filter(([name]) => name in values);
  const region = entries.data['aws:region'];
  return {
    settings: Object.fromEntries(given) as Partial<Settings>,
    region: typeof region === 'string' ? region : undefined,
  };
}
