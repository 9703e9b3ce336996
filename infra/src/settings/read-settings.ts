import { FyrestreamError, isTextSetting, parseSettings, type Settings } from '@fyrestream/events';
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
  const { settings, faults } = parseSettings(values);
  if (settings !== null) return settings;
  throw new FyrestreamError({
    code: 'bad-settings',
    message: `The settings of the stack are invalid.\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    retryable: false,
  });
}
