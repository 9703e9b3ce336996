import type { z } from 'zod';

/**
 * The faults of a value, each with the path of its field: `fyrestream:ladder.hdr is missing`.
 * @param error of a parse with `reportInput`
 * @param root before every path
 */
export function describeIssues(error: z.ZodError, root: string): string[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    const nameOf = (...more: string[]) => `${root}${[...path, ...more].join('.')}` || 'the whole file';
    if (issue.code === 'unrecognized_keys') {
      const kind = path.length === 0 ? 'setting' : 'field';
      return issue.keys.map((key) => `${nameOf(key)} is not a known ${kind}`);
    }
    if (issue.code === 'invalid_type' && issue.input === undefined) return [`${nameOf()} is missing`];
    return [`${nameOf()}: ${issue.message}`];
  });
}
