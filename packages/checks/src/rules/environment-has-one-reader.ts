import { type Expression, type Super, Visitor } from 'oxc-parser';
import type { Finding } from '../finding.ts';
import { importTable } from '../import-table.ts';
import { matchesPath } from '../matches-path.ts';
import type { SourceFile } from '../source-file.ts';

const advice = 'take the value as an argument; only packages/cloud/src/environment.ts reads the environment';

/** The environment is read and checked in one place, so that what is missing is named once, at the start. */
export function environmentHasOneReader(source: SourceFile): Finding[] {
  if (matchesPath(source.pathInWorkspace, importTable[source.workspace]?.environment)) return [];
  const offsets: number[] = [];
  new Visitor({
    MemberExpression: (node) => {
      const { property } = node;
      const name = property.type === 'Identifier' && !node.computed ? property.name : literal(property);
      if (name === 'env' && isProcess(node.object)) offsets.push(node.start);
    },
    VariableDeclarator: (node) => {
      if (node.id.type !== 'ObjectPattern' || !node.init || !isProcess(node.init)) return;
      const takesEnvironment = node.id.properties.some(
        (entry) => entry.type === 'Property' && entry.key.type === 'Identifier' && entry.key.name === 'env',
      );
      if (takesEnvironment) offsets.push(node.start);
    },
    ImportDeclaration: (node) => {
      if (!/^(node:)?process$/.test(node.source.value)) return;
      const takesEnvironment = node.specifiers.some(
        (entry) =>
          entry.type === 'ImportSpecifier' &&
          entry.imported.type === 'Identifier' &&
          entry.imported.name === 'env',
      );
      if (takesEnvironment) offsets.push(node.start);
    },
  }).visit(source.program);
  return offsets.map((offset) => source.findingAt(offset, 'environment', advice));
}

function isProcess(node: Expression | Super): boolean {
  if (node.type === 'Identifier') return node.name === 'process';
  return (
    node.type === 'MemberExpression' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'process'
  );
}

function literal(node: { type: string; value?: unknown }): unknown {
  return node.type === 'Literal' ? node.value : undefined;
}
