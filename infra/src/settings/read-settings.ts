import { FyrestreamError } from '@fyrestream/events';
import { type Settings, settingsSchema } from './settings-schema.ts';

/**
 * Reads what a stack sets.
 * @param config the values below the namespace `fyrestream`, as Pulumi hands them over: texts, structured ones as JSON
 * @throws FyrestreamError `bad-settings`, naming every setting that is wrong or unknown
 */
export function readSettings(config: Readonly<Record<string, string>>): Settings {
  const values = Object.fromEntries(Object.entries(config).map(([name, text]) => [name, parseValue(text)]));
  const parsed = settingsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0
      ? issue.keys.map((key) => `fyrestream:${key} is no setting`)
      : [`fyrestream:${issue.path.map(String).join('.')}: ${issue.message}`],
  );
  throw new FyrestreamError({
    code: 'bad-settings',
    message: `The settings of the stack are wrong.\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    retryable: false,
  });
}

/** Pulumi hands numbers, switches and objects over as the texts that JSON has for them. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
