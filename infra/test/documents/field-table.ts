import { z } from 'zod';
import type { JsonSchema } from './json-schema.ts';

/** Renders the Markdown table of all fields of an object, also of those inside, from its schema. */
export function fieldTable(schema: z.ZodType): string {
  const rows = fieldRows('', z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);
  return [
    '| field | values | meaning |',
    '| --- | --- | --- |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

function fieldRows(path: string, schema: JsonSchema): string[][] {
  return Object.entries(propertiesOf(schema)).flatMap(([name, variants]) => {
    const [first = {}] = variants.map(({ schema: variant }) => variant);
    const own = `${path}${name}`;
    const inside = first.items ? fieldRows(`${own}[].`, first.items) : fieldRows(`${own}.`, first);
    return [[`\`${own}\``, valuesOf(variants), first.description ?? ''], ...inside];
  });
}

interface Variant {
  /** The codec that it belongs to; none if it is the same for all. */
  readonly codecs: readonly unknown[];
  readonly schema: JsonSchema;
}

/** The fields of an object; those of an object with several forms, by their codec, are merged. */
function propertiesOf({ properties, oneOf, anyOf }: JsonSchema): Record<string, Variant[]> {
  // `off`, or an object: its fields.
  const form = anyOf?.find((one) => one.properties);
  if (form) return propertiesOf(form);
  if (properties)
    return Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name, [{ codecs: [], schema }]]),
    );
  const fields = (oneOf ?? []).flatMap((form) =>
    Object.entries(form.properties ?? {}).map(([name, schema]) => ({
      name,
      schema,
      codec: form.properties?.codec?.const,
    })),
  );
  const names = [...new Set(fields.map(({ name }) => name))];
  return Object.fromEntries(
    names.map((name) => {
      const forms = Map.groupBy(
        fields.filter((field) => field.name === name),
        ({ schema }) => JSON.stringify(schema),
      );
      const variants = [...forms.values()].flatMap(([form, ...others]) =>
        form ? [{ schema: form.schema, codecs: [form, ...others].map(({ codec }) => codec) }] : [],
      );
      return [name, variants];
    }),
  );
}

function valuesOf(variants: readonly Variant[]): string {
  const isByCodec = variants.length > 1 && variants.every(({ schema }) => schema.const === undefined);
  return variants
    .map(({ schema, codecs }) =>
      isByCodec ? `${codecs.map((codec) => `\`${codec}\``).join(', ')}: ${values(schema)}` : values(schema),
    )
    .join(isByCodec ? '; ' : ', ');
}

function values(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((choice) => `\`${choice}\``).join(', ');
  const forms = schema.anyOf ?? (schema.properties ? undefined : schema.oneOf);
  if (forms) return forms.map(values).join(', ');
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object') return 'object';
  if (schema.type === 'boolean') return '`true`, `false`';
  if (schema.type === 'string')
    return schema.maxLength === undefined ? 'text' : `text of at most ${schema.maxLength} characters`;
  const { minimum, maximum } = schema;
  return minimum === undefined || maximum === undefined ? 'number' : `${minimum} to ${maximum}`;
}
