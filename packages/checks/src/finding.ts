/** A place in the repository that breaks a rule. `path` is relative to the repository, `line` counts from 1. */
export interface Finding {
  path: string;
  line: number;
  rule: string;
  /** How to fix it, in one sentence. */
  advice: string;
}

/** @returns `path:line: rule: advice`, which editors and CI logs turn into a link. */
export function formatFinding({ path, line, rule, advice }: Finding): string {
  return `${path}:${line}: ${rule}: ${advice}`;
}
