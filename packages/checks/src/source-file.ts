import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Program, parseSync } from 'oxc-parser';
import type { Finding } from './finding.ts';

/** A parsed source file of one workspace; both paths with forward slashes. */
export interface SourceFile {
  workspace: string;
  /** Relative to the repository. */
  path: string;
  /** Relative to the workspace. */
  pathInWorkspace: string;
  text: string;
  program: Program;
  /** Syntax errors, the first of which makes every other answer doubtful. */
  syntaxErrors: readonly string[];
  /** A finding in this file at a character offset, as the parser counts them. */
  findingAt(offset: number, rule: string, advice: string): Finding;
}

/** Reads and parses one file: TypeScript or JavaScript, told apart by its extension. */
export function readSourceFile(root: string, workspace: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const { program, errors } = parseSync(path, text);
  return {
    workspace,
    path,
    pathInWorkspace: path.slice(workspace.length + 1),
    text,
    program,
    syntaxErrors: errors.map((error) => error.message),
    findingAt: (offset, rule, advice) => ({ path, line: lineAt(text, offset), rule, advice }),
  };
}

/** Source code by its extension, declarations aside. */
export function isSourcePath(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}

/** Tests, benchmarks and tool configuration reach for whatever they need; what ships does not. */
export function isProductPath(pathInWorkspace: string): boolean {
  return !/(^|\/)(test|bench)\/|\.test\.[cm]?[jt]sx?$|^[^/]+\.config\.[cm]?[jt]s$/.test(pathInWorkspace);
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
