import { FyrestreamError } from '@fyrestream/events';
import { type Settings, settingsSchema } from './settings-schema.ts';

/**
 * Parses the settings of a stack.
 * @param config the values in the namespace `fyrestream` as Pulumi passes them: strings, structured values as JSON
 * @throws FyrestreamError `bad-settings`, which lists every invalid or unknown setting
 */
export function readSettings(config: Readonly<Record<string, string>>): Settings {
  const values = Object.fromEntries(Object.entries(config).map(([name, text]) => [name, parseValue(text)]));
  const parsed = settingsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0
      ? issue.keys.map((key) => `fyrestream:${key} is not a known setting`)
      : [`fyrestream:${issue.path.map(String).join('.')}: ${issue.message}`],
  );
  throw new FyrestreamError({
    code: 'bad-settings',
    message: `The settings of the stack are invalid.\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    retryable: false,
  });
}

/** Pulumi passes numbers, booleans and objects as JSON text. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
