import type { z } from '@hono/zod-openapi';
import { problemContentType, problemSchema } from './problems/problem-schema.ts';

type Status = 400 | 404 | 409;

const meanings: Record<Status, string> = {
  400: 'A parameter or the body is not valid; `issues` names each field.',
  404: 'There is no such thing.',
  409: 'The state of the thing does not allow it.',
};

const retryAfter = {
  'Retry-After': {
    description: 'Seconds to wait, where the problem passes by itself, such as a service that is throttled.',
    schema: { type: 'integer', minimum: 1 },
  },
} as const;

const problemContent = { [problemContentType]: { schema: problemSchema } } as const;

/** The answers of a route: JSON of a schema, the problems that are its own, and all others. */
export function jsonResponses<Schema extends z.ZodType>(
  description: string,
  schema: Schema,
  statuses: readonly Status[] = [],
) {
  return {
    200: { description, content: { 'application/json': { schema } } },
    ...problemResponses(statuses),
  };
}

/** The problems of a route. */
export function problemResponses(statuses: readonly Status[]) {
  const problems = statuses.map((status) => [
    status,
    { description: meanings[status], content: problemContent },
  ]);
  return {
    ...(Object.fromEntries(problems) as Record<never, never>),
    default: {
      description: 'Any other problem, such as a missing token.',
      headers: retryAfter,
      content: problemContent,
    },
  };
}
