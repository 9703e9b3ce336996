import type { Finding } from './finding.ts';
import { importTable } from './import-table.ts';
import { listFiles, listWorkspaces } from './repository-files.ts';
import { clientsComeAsArguments } from './rules/clients-come-as-arguments.ts';
import { environmentHasOneReader } from './rules/environment-has-one-reader.ts';
import { errorsAreTyped } from './rules/errors-are-typed.ts';
import { exportsAreNamed } from './rules/exports-are-named.ts';
import { filesAreShort } from './rules/files-are-short.ts';
import { foldersSayWhat } from './rules/folders-say-what.ts';
import { importsFollowTable } from './rules/imports-follow-table.ts';
import { processesHaveOwners } from './rules/processes-have-owners.ts';
import { isProductPath, isSourcePath, readSourceFile } from './source-file.ts';
import { workspaceNames } from './workspace-names.ts';

/** Holds the sources of every workspace against the rules of the architecture. Reads files, runs nothing. */
export function checkSources(root: string): Finding[] {
  const workspaces = listWorkspaces(root);
  const folderByName = workspaceNames(root, workspaces);
  return workspaces.flatMap((workspace) => [
    ...missingRow(workspace),
    ...checkWorkspace(root, workspace, folderByName),
  ]);
}

function missingRow(workspace: string): Finding[] {
  if (importTable[workspace]) return [];
  const advice = 'give this workspace a row in packages/checks/src/import-table.ts';
  return [{ path: `${workspace}/package.json`, line: 1, rule: 'import-table', advice }];
}

function checkWorkspace(root: string, workspace: string, folderByName: Map<string, string>): Finding[] {
  const paths = listFiles(root, workspace).filter(isSourcePath);
  const product = paths.filter((path) => isProductPath(path.slice(workspace.length + 1)));
  return [
    ...foldersSayWhat(paths),
    ...product.flatMap((path) => {
      const source = readSourceFile(root, workspace, path);
      const [syntaxError] = source.syntaxErrors;
      if (syntaxError) return [source.findingAt(0, 'syntax', syntaxError)];
      return [
        ...importsFollowTable(source, folderByName),
        ...environmentHasOneReader(source),
        ...processesHaveOwners(source),
        ...clientsComeAsArguments(source),
        ...exportsAreNamed(source),
        ...errorsAreTyped(source),
        ...filesAreShort(source),
      ];
    }),
  ];
}
