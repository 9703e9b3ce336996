import type { Finding } from '../finding.ts';
import type { SourceFile } from '../source-file.ts';

/** A reader of an index sees what a package offers: no `export *`, of values or of types. */
export function exportsAreNamed(source: SourceFile): Finding[] {
  return source.program.body
    .filter((statement) => statement.type === 'ExportAllDeclaration')
    .map((statement) => source.findingAt(statement.start, 'export-star', 'name what is exported'));
}
