import { settingsSchema, uploadSidecarSchema } from '@fyrestream/events';
import { z } from 'zod';

/** JSON Schemas for editors, by file name. What relates several fields to each other is checked by Fyrestream alone. */
export function editorSchemas(): Readonly<Record<string, object>> {
  return {
    'stack.schema.json': stackFile(),
    'upload.schema.json': {
      ...z.toJSONSchema(uploadSidecarSchema, { io: 'input' }),
      title: 'How one upload of Fyrestream is made: the file <name>.fyrestream.json beside it',
    },
  };
}

/** `Pulumi.<stack>.yaml`. It may have settings of other namespaces too. */
function stackFile(): object {
  const { $schema, properties = {} } = z.toJSONSchema(settingsSchema, { io: 'input' });
  const settings = Object.entries(properties).map(([name, schema]) => [`fyrestream:${name}`, schema]);
  return {
    $schema,
    title: 'Settings of a stack of Fyrestream',
    type: 'object',
    properties: {
      config: {
        type: 'object',
        properties: Object.fromEntries(settings),
        propertyNames: {
          anyOf: [{ enum: settings.map(([name]) => name) }, { not: { pattern: '^fyrestream:' } }],
        },
      },
    },
  };
}
