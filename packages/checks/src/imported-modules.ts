import { Visitor } from 'oxc-parser';
import type { SourceFile } from './source-file.ts';

/** A module that a file names, however it does: import, re-export, `import()`, `require()`, a type's `import()`. */
export interface ImportedModule {
  specifier: string;
  offset: number;
}

/** @returns every module that the file names by a literal, in the parser's order. */
export function importedModules(source: SourceFile): ImportedModule[] {
  const found: ImportedModule[] = [];
  const add = (node: { type: string; start: number; value?: unknown } | null | undefined) => {
    if (node && typeof node.value === 'string') found.push({ specifier: node.value, offset: node.start });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') add(node.arguments[0]);
    },
  }).visit(source.program);
  return found;
}
