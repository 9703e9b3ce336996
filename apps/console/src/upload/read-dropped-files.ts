import type { DirectoryDropItem, DropItem } from 'react-aria-components';
import type { SourceFile } from './upload-item.ts';

/** All files that were dropped, also those in folders, each with its path. Hidden files of the system are left out. */
export async function readDroppedFiles(items: readonly DropItem[]): Promise<SourceFile[]> {
  const found: SourceFile[] = [];
  for (const item of items) {
    if (item.kind === 'file') found.push({ file: await item.getFile(), path: item.name });
    else if (item.kind === 'directory') await readFolder(item, `${item.name}/`, found);
  }
  return found.filter(isShown);
}

async function readFolder(folder: DirectoryDropItem, path: string, found: SourceFile[]): Promise<void> {
  for await (const entry of folder.getEntries()) {
    if (entry.kind === 'file') found.push({ file: await entry.getFile(), path: path + entry.name });
    else await readFolder(entry, `${path}${entry.name}/`, found);
  }
}

/** Files of the file dialog. Those of a folder have a path. */
export function readChosenFiles(files: FileList | null): SourceFile[] {
  return [...(files ?? [])]
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .filter(isShown);
}

function isShown({ path }: SourceFile): boolean {
  return !path.split('/').some((part) => part.startsWith('.'));
}
