import { Visitor } from 'oxc-parser';
import type { Finding } from '../finding.ts';
import type { SourceFile } from '../source-file.ts';

const advice = 'throw a typed error with a code, whether it is retryable, and its cause';

/** Nothing branches on an error's text, so what is thrown carries facts: no `throw new Error(…)`. */
export function errorsAreTyped(source: SourceFile): Finding[] {
  const findings: Finding[] = [];
  new Visitor({
    ThrowStatement: ({ start, argument }) => {
      const built = argument.type === 'NewExpression' || argument.type === 'CallExpression';
      if (!built || argument.callee.type !== 'Identifier' || argument.callee.name !== 'Error') return;
      findings.push(source.findingAt(start, 'untyped-error', advice));
    },
  }).visit(source.program);
  return findings;
}
