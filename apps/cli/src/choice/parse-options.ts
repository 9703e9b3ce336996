import { describeIssues, type UploadOptions, uploadOptionsSchema } from '@fyrestream/events';
import { z } from 'zod';
import { UsageError } from '../usage-error.ts';

const { properties = {} } = z.toJSONSchema(uploadOptionsSchema, { io: 'input' });

/** What may follow `--option`, for completion: `priority=urgent`, `title=`. */
export const optionWords: readonly string[] = Object.entries(properties).flatMap(([name, field]) => {
  const values = wordsOf(field);
  return values.map((value) => `${name}=${value}`);
});

function wordsOf(field: (typeof properties)[string]): string[] {
  if (typeof field !== 'object') return [''];
  return field.type === 'boolean' ? ['true', 'false'] : (field.enum?.map(String) ?? ['']);
}

/**
 * Options of an upload as they are typed, each `name=value`: text as it is, any other value as JSON.
 * @throws UsageError `bad-option`, naming the field that is wrong
 */
export function parseOptions(typed: readonly string[]): UploadOptions {
  const values: Record<string, unknown> = {};
  for (const one of typed) {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(one) ?? [];
    if (!Object.hasOwn(properties, name)) throw refuse(one, unknownName(name));
    if (Object.hasOwn(values, name)) throw refuse(one, `${name} is given twice`);
    values[name] = parseValue(name, value);
    const parsed = uploadOptionsSchema.safeParse({ [name]: values[name] }, { reportInput: true });
    if (!parsed.success) throw refuse(one, describeIssues(parsed.error, '').join('; '));
  }
  return uploadOptionsSchema.parse(values);
}

function parseValue(name: string, text: string): unknown {
  const field = properties[name];
  if (typeof field === 'object' && field.type === 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    // The schema says what it must be instead.
    return text;
  }
}

function unknownName(name: string): string {
  const names = Object.keys(properties).toSorted().join(', ');
  return name === '' ? `write NAME=VALUE with one of ${names}` : `${name} is none of ${names}`;
}

function refuse(typed: string, why: string): UsageError {
  return new UsageError('bad-option', `--option ${typed}: ${why}.`);
}
