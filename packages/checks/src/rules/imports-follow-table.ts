import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { Finding } from '../finding.ts';
import { importTable, packageOwners, pureBuiltins } from '../import-table.ts';
import { importedModules } from '../imported-modules.ts';
import { matchesPackage } from '../matches-path.ts';
import type { SourceFile } from '../source-file.ts';

const rule = 'import-table';

/** Arrows point one way: every import of what ships is one that the import table allows its workspace. */
export function importsFollowTable(source: SourceFile, folderByName: Map<string, string>): Finding[] {
  return importedModules(source).flatMap(({ specifier, offset }) => {
    const advice = objection(source, specifier, folderByName);
    return advice ? [source.findingAt(offset, rule, advice)] : [];
  });
}

function objection(
  source: SourceFile,
  specifier: string,
  folderByName: Map<string, string>,
): string | undefined {
  const { workspace } = source;
  const row = importTable[workspace];
  if (!row) return undefined; // reported once for the workspace, not once for each import
  if (specifier.startsWith('.')) return relativeObjection(source, specifier);
  if (isBuiltin(specifier)) {
    const module = specifier.replace(/^node:/, '').split('/')[0] ?? specifier;
    if (!row.pure || pureBuiltins.includes(module)) return undefined;
    return `${workspace} is pure: take what ${specifier} does as an argument, or do it in an app`;
  }
  const name = packageName(specifier);
  const folder = folderByName.get(name);
  if (folder) {
    if (row.workspaces.includes(folder)) return undefined;
    return `${workspace} may not import ${folder}: move what it needs to a package that both may import`;
  }
  return packageObjection(workspace, name);
}

function relativeObjection(source: SourceFile, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(source.pathInWorkspace), specifier);
  if (!target.startsWith('..')) return undefined;
  return `${specifier} leaves ${source.workspace}: import the other workspace by its name`;
}

function packageObjection(workspace: string, name: string): string | undefined {
  const owned = Object.entries(packageOwners).find(([pattern]) => matchesPackage(name, [pattern]));
  if (owned && owned[1] !== workspace) {
    return `only ${owned[1]} may import ${name}: use what it exports, or give it what is missing`;
  }
  const allowed = importTable[workspace]?.packages;
  if (!allowed || allowed === 'declared' || matchesPackage(name, allowed)) return undefined;
  return `${workspace} may import only ${allowed.join(', ')} from npm, not ${name}`;
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
