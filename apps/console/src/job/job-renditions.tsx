import type { JobDetail } from '../api/views.ts';
import { type Column, DataTable } from '../design/data-table.tsx';
import { formatBitrate, formatBytes } from '../format/quantities.ts';
import { Section } from '../layout/section.tsx';

type Rendition = JobDetail['renditions'][number];

/** What was published. */
export function JobRenditions({ job: { renditions } }: { job: JobDetail }) {
  if (renditions.length === 0) return null;
  return (
    <Section title="Published">
      <DataTable
        label="Published renditions"
        columns={columns}
        rows={renditions}
        keyOf={({ name }) => name}
      />
    </Section>
  );
}

const columns: readonly Column<Rendition>[] = [
  { name: 'Name', cell: ({ name }) => name },
  { name: 'Codec', cell: ({ codec }) => codec },
  {
    name: 'Picture',
    look: 'number',
    cell: ({ width, height }) => (width === null ? '' : `${width}×${height}`),
  },
  {
    name: 'Bitrate',
    look: 'number',
    cell: ({ averageBitrateBitsPerSecond }) => formatBitrate(averageBitrateBitsPerSecond),
  },
  { name: 'Size', look: 'number', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
];
