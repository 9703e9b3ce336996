import { Visitor } from 'oxc-parser';
import type { Finding } from '../finding.ts';
import { importTable } from '../import-table.ts';
import { matchesPath } from '../matches-path.ts';
import type { SourceFile } from '../source-file.ts';

const advice = 'take the client as an argument; only packages/cloud constructs clients';

/** Effects come in as arguments: `new S3Client()` and its like stand in packages/cloud only. */
export function clientsComeAsArguments(source: SourceFile): Finding[] {
  if (matchesPath(source.pathInWorkspace, importTable[source.workspace]?.clients)) return [];
  const findings: Finding[] = [];
  new Visitor({
    NewExpression: (node) => {
      const { callee } = node;
      const constructed =
        callee.type === 'Identifier'
          ? callee.name
          : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
            ? callee.property.name
            : '';
      if (/[a-z\d]Client$/.test(constructed)) findings.push(source.findingAt(node.start, 'clients', advice));
    },
  }).visit(source.program);
  return findings;
}
