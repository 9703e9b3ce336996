import { DropZone, FileTrigger, Text } from 'react-aria-components';
import { Button } from '../design/button.tsx';
import './file-drop.css';
import { readChosenFiles, readDroppedFiles } from './read-dropped-files.ts';
import type { SourceFile } from './upload-item.ts';

/** Where files and folders are dropped or chosen. */
export function FileDrop({ onFiles }: { onFiles: (files: SourceFile[]) => void }) {
  return (
    <DropZone
      className="file-drop"
      getDropOperation={() => 'copy'}
      onDrop={async ({ items }) => onFiles(await readDroppedFiles(items))}
    >
      <Text slot="label" className="file-drop-label">
        Drop videos with their captions and further audio, or folders, here
      </Text>
      <div className="file-drop-choices">
        <FileTrigger allowsMultiple onSelect={(files) => onFiles(readChosenFiles(files))}>
          <Button>Choose files</Button>
        </FileTrigger>
        <FileTrigger acceptDirectory onSelect={(files) => onFiles(readChosenFiles(files))}>
          <Button>Choose a folder</Button>
        </FileTrigger>
      </div>
    </DropZone>
  );
}
