import {
  FyrestreamError,
  isLoopbackUrl,
  isTextSetting,
  parseSettings,
  type Settings,
} from '@fyrestream/events';
import { parseConfigValue } from './parse-config-value.ts';

/**
 * Parses the settings of a stack.
 * @param config the values in the namespace `fyrestream` as Pulumi passes them: strings, structured values as JSON
 * @throws FyrestreamError `bad-settings`, which lists every invalid or unknown setting
 */
export function readSettings(config: Readonly<Record<string, string>>): Settings {
  const values = Object.fromEntries(
    Object.entries(config).map(([name, text]) => [name, isTextSetting(name) ? text : parseConfigValue(text)]),
  );
  const parsed = parseSettings(values);
  const faults = parsed.settings === null ? parsed.faults : localFaultsOf(parsed.settings);
  if (parsed.settings !== null && faults.length === 0) return parsed.settings;
  throw new FyrestreamError({
    code: 'bad-settings',
    message: `The settings of the stack are invalid.\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    retryable: false,
  });
}

/** What only a local cloud can do. */
function localFaultsOf({ webhooks }: Settings): string[] {
  return Object.entries(webhooks)
    .filter(([, { url }]) => isLoopbackUrl(new URL(url)))
    .map(
      ([name]) =>
        `fyrestream:webhooks.${name}.url: must be a public address; only a local cloud posts to this machine`,
    );
}
