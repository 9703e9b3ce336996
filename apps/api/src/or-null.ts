import { z } from '@hono/zod-openapi';

/** For schemas with a name in the document: `nullable()` there makes every use of the name nullable. */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.null()]);
}
