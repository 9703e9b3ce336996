import { useRef, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { Button } from '../design/button.tsx';
import { formatBytes, formatCount, formatDollars } from '../format/quantities.ts';
import { PageHeader } from '../layout/page-header.tsx';
import { FileDrop } from './file-drop.tsx';
import type { UploadItem } from './upload-item.ts';
import './upload-page.css';
import { UploadRow } from './upload-row.tsx';
import { useUploads } from './uploads-context.tsx';

export function UploadPage() {
  const { uploads, items } = useUploads();
  const [folder, setFolder] = useState('');
  /** Gets the focus when the button that had it disappears. */
  const list = useRef<HTMLUListElement>(null);
  const chosen = items.filter(({ state }) => state === 'chosen');
  return (
    <>
      <PageHeader title="Upload" />
      <FileDrop onFiles={uploads.add} />
      {chosen.length > 0 && (
        <form
          className="upload-page-start"
          onSubmit={(event) => {
            event.preventDefault();
            uploads.start(prefixOf(folder));
            list.current?.focus();
          }}
        >
          <TextField value={folder} onChange={setFolder} className="upload-page-folder" autoComplete="off">
            <Label>Folder (the first one is the tenant)</Label>
            <Input placeholder="none" className="upload-page-input" />
          </TextField>
          <p className="upload-page-sum">{describeSum(chosen)}</p>
          <Button type="submit" look="primary">
            Upload {formatCount(chosen.length, 'file')}
          </Button>
        </form>
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

/** `acme/trips/`, or empty. */
function prefixOf(folder: string): string {
  const path = folder.trim().replace(/^\/+|\/+$/g, '');
  return path === '' ? '' : `${path}/`;
}

function describeSum(chosen: readonly UploadItem[]): string {
  const size = formatBytes(chosen.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  const quotes = chosen.flatMap(({ quote }) => quote ?? []);
  const dollars = quotes.reduce((sum, { dollarsOnDemand }) => sum + dollarsOnDemand, 0);
  if (quotes.length === 0) return size;
  const isCharged = quotes.some((quote) => quote.isCharged);
  return `${size}, at most about ${formatDollars(dollars)}${isCharged ? '' : ' if it were on AWS'}`;
}
