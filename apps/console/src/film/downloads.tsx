import { type Column, DataTable } from '../design/data-table.tsx';
import { formatBytes } from '../format/quantities.ts';
import { Section } from '../layout/section.tsx';
import { type Download, listDownloads } from './list-downloads.ts';
import type { Video } from './use-video.ts';

export function Downloads({ video }: { video: Video }) {
  return (
    <Section title="Downloads">
      <DataTable
        label="Files to download"
        columns={columns}
        rows={listDownloads(video)}
        keyOf={({ fileName }) => fileName}
      />
    </Section>
  );
}

const columns: readonly Column<Download>[] = [
  {
    name: 'File',
    cell: ({ name, url, fileName }) => (
      <a href={url} download={fileName}>
        {name}
      </a>
    ),
  },
  { name: 'Kind', cell: ({ kind }) => kind },
  { name: 'Size', look: 'number', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
];
