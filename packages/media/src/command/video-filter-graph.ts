import type { FrameRange, PlannedBranch, PlannedFilter, PlannedVideo } from '../plan/encode-plan.ts';
import type { FilterChain, FilterGraph } from './filter-graph.ts';

/** The label under which a rendition leaves the graph. */
export function renditionPadLabel(renditionId: string): string {
  return `out-${renditionId}`;
}

/** The label under which the decoded frames enter the graph. */
export function sourcePadLabel({ streamIndex }: PlannedVideo): string {
  return `0:${streamIndex}`;
}

/**
 * One graph for all renditions: the source is decoded once, the common filters run once, each branch converts colours
 * once at the size of its largest rendition, and smaller renditions are scaled from that.
 * @param range the frames that leave the graph; null for all
 */
export function videoFilterGraph(video: PlannedVideo, range: FrameRange | null = null): FilterGraph {
  const source = {
    inputs: [sourcePadLabel(video)],
    filters: [...beginningOf(range), ...textsOf(video.filters), ...framesOf(range)],
  };
  const [only, ...more] = video.branches;
  if (only && more.length === 0) return branchChains(only, source);
  const labels = video.branches.map(({ id }) => `in-${id}`);
  return [
    { ...source, filters: [...source.filters, `split=${labels.length}`], outputs: labels },
    ...video.branches.flatMap((branch) => branchChains(branch, { inputs: [`in-${branch.id}`], filters: [] })),
  ];
}

/** The branch's own filters behind `start`, then one chain for each smaller rendition. */
function branchChains(branch: PlannedBranch, start: Omit<FilterChain, 'outputs'>): FilterChain[] {
  const { renditions } = branch;
  const filters = [...start.filters, ...textsOf(branch.filters)];
  const [only, ...more] = renditions;
  if (only && more.length === 0) return [{ ...start, filters, outputs: [renditionPadLabel(only.id)] }];
  return [
    {
      ...start,
      filters: [...filters, `split=${renditions.length}`],
      outputs: renditions.map(({ id }) => `full-${id}`),
    },
    ...renditions.map(({ id, width, height }) => ({
      inputs: [`full-${id}`],
      // Rounded sizes would leave a pixel aspect ratio such as 1280:1281.
      filters: [`scale=${width}:${height}:flags=bicubic`, 'setsar=1'],
      outputs: [renditionPadLabel(id)],
    })),
  ];
}

function textsOf(filters: readonly PlannedFilter[]): string[] {
  return filters.map(({ filter }) => filter);
}

/** Moves the times of the source to the plan's timeline, in whole ticks as `-itsoffset` does, and ends the decoding. */
function beginningOf(range: FrameRange | null): string[] {
  if (range === null) return [];
  const shift = `setpts=round(PTS-${range.zeroSeconds.toFixed(6)}/TB)`;
  const end = range.decodeUntilSeconds;
  return end === null ? [shift] : [shift, `trim=end=${end.toFixed(6)}`];
}

/** Behind `fps`, which gives frames from 0 on wherever decoding begins: frame numbers are those of the whole video. */
function framesOf(range: FrameRange | null): string[] {
  if (range === null) return [];
  const end = range.endFrame === null ? '' : `:end_frame=${range.endFrame}`;
  return [`trim=start_frame=${range.firstFrame}${end}`, 'setpts=PTS-STARTPTS'];
}
