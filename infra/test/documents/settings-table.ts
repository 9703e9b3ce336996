import { settingsSchema } from '@fyrestream/events';
import { z } from 'zod';
import type { JsonSchema } from './json-schema.ts';

/** Renders the Markdown table of all settings from their schema. */
export function settingsTable(): string {
  const { properties = {} } = z.toJSONSchema(settingsSchema, { io: 'input' }) as JsonSchema;
  const rows = Object.entries(properties).map(([name, schema]) =>
    [`\`fyrestream:${name}\``, valuesOf(schema), defaultOf(name, schema), schema.description ?? ''].join(
      ' | ',
    ),
  );
  return [
    '| setting | values | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

function valuesOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((choice) => `\`${choice}\``).join(', ');
  if (schema.anyOf) return schema.anyOf.map(valuesOf).join(', ');
  if (schema.oneOf) {
    return schema.oneOf.map(({ properties }) => `\`{ mode: ${properties?.mode?.const} }\``).join(', ');
  }
  if (schema.type === 'array') {
    const fields = Object.keys(schema.items?.properties ?? {});
    return fields.length > 0 ? `list of objects: ${fields.join(', ')}` : 'list of strings';
  }
  if (typeof schema.additionalProperties === 'object' && schema.additionalProperties.type === 'object')
    return `objects by name: ${Object.keys(schema.additionalProperties.properties ?? {}).join(', ')}`;
  if (schema.type === 'object')
    return schema.properties ? `object: ${Object.keys(schema.properties).join(', ')}` : 'object of strings';
  const { minimum, maximum } = schema;
  const isBounded = minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  if (schema.type === 'integer') return isBounded ? `${minimum} to ${maximum}` : 'whole number';
  if (schema.type === 'boolean') return '`true`, `false`';
  return { string: 'string', number: 'number above 0' }[schema.type ?? ''] ?? '';
}

function defaultOf(name: string, { default: value }: JsonSchema): string {
  if (value === undefined) return '–';
  if (name === 'ladder') return 'H.264 at 1080, 720, 480, 360 and 240';
  return `\`${JSON.stringify(value).replaceAll('"', '')}\``;
}
