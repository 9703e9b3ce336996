import { z } from '@hono/zod-openapi';

/** @see https://www.rfc-editor.org/rfc/rfc9457 */
export const problemSchema = z
  .object({
    type: z.string().describe('`urn:fyrestream:problem:` and the code.'),
    title: z.string().describe('The meaning of the HTTP status.'),
    status: z.int().min(400).max(599),
    detail: z.string().describe('One sentence for a person: what is wrong and what to do about it.'),
    code: z.string().describe('Stable, in kebab case, for programs.'),
    retryable: z.boolean().describe('Whether the same request may succeed later.'),
    issues: z
      .array(
        z.object({
          path: z.string().describe('Where: `query.limit`, `json.parts.0.etag`.'),
          message: z.string(),
        }),
      )
      .optional()
      .describe('Of `bad-request` and `profile-unknown`: every field that is wrong.'),
  })
  .openapi('Problem');

export type Problem = z.infer<typeof problemSchema>;

export const problemContentType = 'application/problem+json';
