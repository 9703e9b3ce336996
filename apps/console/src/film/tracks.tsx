import { type Column, DataTable } from '../design/data-table.tsx';
import { Section } from '../layout/section.tsx';
import { type ListedTrack, listTracks } from './list-tracks.ts';
import type { Video } from './use-video.ts';

/** What a viewer can choose in the menus of the player, besides the quality. */
export function Tracks({ video }: { video: Video }) {
  const tracks = listTracks(video);
  if (tracks.length === 0) return null;
  return (
    <Section title="Audio and captions">
      <DataTable
        label="Audio tracks and captions"
        columns={columns}
        rows={tracks}
        keyOf={({ kind, name, language }) => `${kind} ${name} ${language}`}
      />
    </Section>
  );
}

const columns: readonly Column<ListedTrack>[] = [
  { name: 'Title', cell: ({ name }) => name },
  { name: 'Kind', cell: ({ kind, isDefault }) => (isDefault ? `${kind}, default` : kind) },
  { name: 'Language', cell: ({ language }) => language ?? 'not known' },
  { name: 'Channels', cell: ({ channels }) => channels },
];
