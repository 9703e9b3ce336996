import { useRef } from 'react';
import { PageHeader } from '../layout/page-header.tsx';
import { FileDrop } from './file-drop.tsx';
import { UploadForm } from './upload-form.tsx';
import './upload-page.css';
import { UploadRow } from './upload-row.tsx';
import { useUploads } from './uploads-context.tsx';

export function UploadPage() {
  const { uploads, items } = useUploads();
  /** Gets the focus when the button that had it disappears. */
  const list = useRef<HTMLUListElement>(null);
  const chosen = items.filter(({ state }) => state === 'chosen');
  return (
    <>
      <PageHeader title="Upload" />
      <FileDrop onFiles={uploads.add} />
      {chosen.length > 0 && (
        <UploadForm
          chosen={chosen}
          onProfile={uploads.setProfile}
          onStart={(choice) => {
            uploads.start(choice);
            list.current?.focus();
          }}
        />
      )}
      {items.length > 0 && (
        <ul ref={list} tabIndex={-1} className="upload-page-list" aria-label="Files">
          {items.map((item) => (
            <UploadRow
              key={item.id}
              item={item}
              uploads={uploads}
              onRemove={() => {
                uploads.remove(item.id);
                list.current?.focus();
              }}
            />
          ))}
        </ul>
      )}
    </>
  );
}
