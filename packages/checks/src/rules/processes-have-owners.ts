import type { Finding } from '../finding.ts';
import { importTable } from '../import-table.ts';
import { importedModules } from '../imported-modules.ts';
import { matchesPath } from '../matches-path.ts';
import type { SourceFile } from '../source-file.ts';

const startsProcesses = /^(node:)?(child_process|cluster)$|^fluent-ffmpeg$/;

/** Who starts a process owns it to its end, so the files that may start one are few and listed. */
export function processesHaveOwners(source: SourceFile): Finding[] {
  const owners = importTable[source.workspace]?.processes ?? [];
  if (matchesPath(source.pathInWorkspace, owners)) return [];
  const where = owners.length > 0 ? `only ${owners.join(', ')} may` : 'no file of this workspace may';
  return importedModules(source)
    .filter(({ specifier }) => startsProcesses.test(specifier))
    .map(({ offset }) =>
      source.findingAt(
        offset,
        'processes',
        `${where} start processes: call it, or list the file in import-table.ts`,
      ),
    );
}
