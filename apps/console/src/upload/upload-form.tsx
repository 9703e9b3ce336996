import { useId, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { Button } from '../design/button.tsx';
import { formatBytes, formatCount, formatDollars } from '../format/quantities.ts';
import { useStack } from '../stack/use-stack.ts';
import '../design/text-input.css';
import './upload-form.css';
import { isSidecar, type UploadItem } from './upload-item.ts';

interface Props {
  readonly chosen: readonly UploadItem[];
  readonly onProfile: (profile: string | null) => void;
  readonly onStart: (choice: { folder: string; title: string }) => void;
}

/** What a person says about the chosen files before they are sent. */
export function UploadForm({ chosen, onProfile, onStart }: Props) {
  const [folder, setFolder] = useState('');
  const [title, setTitle] = useState('');
  // A title is that of one video.
  const hasOneVideo = chosen.filter((item) => !isSidecar(item)).length === 1;
  return (
    <form
      className="upload-form"
      onSubmit={(event) => {
        event.preventDefault();
        onStart({ folder: prefixOf(folder), title: hasOneVideo ? title.trim() : '' });
      }}
    >
      <TextField value={folder} onChange={setFolder} className="upload-form-field" autoComplete="off">
        <Label>Folder (the first one is the tenant)</Label>
        <Input placeholder="none" className="text-input upload-form-input" />
      </TextField>
      <ProfileChoice chosen={chosen[0]?.profile ?? null} onChange={onProfile} />
      {hasOneVideo && (
        <TextField
          value={title}
          onChange={setTitle}
          maxLength={maxTitleLength}
          className="upload-form-field"
          autoComplete="off"
        >
          <Label>Title</Label>
          <Input placeholder="none" className="text-input upload-form-input" />
        </TextField>
      )}
      <div className="upload-form-end">
        <p>{describeSum(chosen)}</p>
        <Button type="submit" look="primary">
          Upload {formatCount(chosen.length, 'file')}
        </Button>
      </div>
    </form>
  );
}

/** As the API allows it. */
const maxTitleLength = 200;

/** Nothing where the stack has one profile, or does not tell them. */
function ProfileChoice({
  chosen,
  onChange,
}: {
  chosen: string | null;
  onChange: (profile: string | null) => void;
}) {
  const id = useId();
  const profiles = useStack().data?.profiles ?? [];
  if (profiles.length < 2) return null;
  return (
    <div className="upload-form-field">
      <label htmlFor={id}>Profile</label>
      <select
        id={id}
        value={chosen ?? ''}
        onChange={({ target }) => onChange(target.value || null)}
        className="text-input upload-form-input"
      >
        <option value="">by the rules of the stack</option>
        {profiles.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </div>
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
