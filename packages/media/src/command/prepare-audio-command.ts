import type { AudioPreparation, EncodePlan, PlannedFilter } from '../plan/encode-plan.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';
import type { FilterGraph } from './filter-graph.ts';
import { sourceInput } from './source-input.ts';

/**
 * Writes all audio tracks, in the plan's order, with 16 bits at 48 kHz to one NUT file (about 700 MB per hour and stereo
 * track). Run it before `encodeAudioCommand`, which reads the file, if the plan has `audioPreparation`.
 */
export function prepareAudioCommand(
  plan: EncodePlan,
  { sourcePath, target }: { sourcePath: string; target: string },
): FfmpegCommand {
  const tracks = plan.audio.flatMap(({ id, preparation }) =>
    preparation === null ? [] : { id, preparation },
  );
  const joins = tracks.filter(({ preparation }) => preparation.join !== null);
  return {
    ...sourceInput(
      plan,
      sourcePath,
      tracks.flatMap(({ preparation }) => preparation.streamIndexes),
    ),
    ...(joins.length > 0 && {
      filterGraph: joins.flatMap(({ id, preparation }) => joinGraph(id, preparation)),
    }),
    outputs: [
      {
        target,
        options: [
          ...tracks.flatMap(({ id, preparation }, position) =>
            preparation.join === null
              ? [
                  ...['-map', `0:${preparation.streamIndexes[0]}`],
                  ...[`-filter:a:${position}`, filtersOf(preparation.filters).join(',')],
                ]
              : ['-map', `[${id}]`],
          ),
          ...['-c:a', 'pcm_s16le', '-map_metadata', '-1', '-map_chapters', '-1', '-f', 'nut'],
        ],
      },
    ],
  };
}

function joinGraph(id: string, preparation: AudioPreparation): FilterGraph {
  const { streamIndexes, inputFilters, join, filters } = preparation;
  const label = (index: number) => `${id}-${index}`;
  return [
    ...streamIndexes.map((index) => ({
      inputs: [`0:${index}`],
      filters: filtersOf(inputFilters),
      outputs: [label(index)],
    })),
    {
      inputs: streamIndexes.map(label),
      filters: filtersOf([...(join === null ? [] : [join]), ...filters]),
      outputs: [id],
    },
  ];
}

function filtersOf(filters: readonly PlannedFilter[]): string[] {
  return filters.map(({ filter }) => filter);
}
