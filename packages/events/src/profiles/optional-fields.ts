import { z } from 'zod';

/**
 * The fields of an object, each of which may be left out, and then stays out: a default below `optional()` would fill it in.
 */
export function optionalFields<Shape extends Readonly<Record<string, z.ZodType>>>(shape: Shape) {
  const fields = Object.entries(shape).map(([name, field]) => {
    const optional = (field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field).optional();
    return [name, field.description === undefined ? optional : optional.describe(field.description)];
  });
  return Object.fromEntries(fields) as {
    [Name in keyof Shape]: z.ZodOptional<z.ZodType<z.output<Shape[Name]>>>;
  };
}
