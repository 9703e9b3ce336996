import { z } from 'zod';
import { settingsSchema } from './settings-schema.ts';

const { properties = {} } = z.toJSONSchema(settingsSchema, { io: 'input' });

/** Whether the value of a setting is text, also where it looks like a number or JSON: `sourceBucketName: 20261130`. */
export function isTextSetting(name: string): boolean {
  const schema = properties[name];
  return typeof schema === 'object' && schema.type === 'string';
}
