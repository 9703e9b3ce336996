import type { FrameSize } from '../facts/source-facts.ts';
import type {
  FrameRange,
  PlannedBranch,
  PlannedFilter,
  PlannedRendition,
  PlannedVideo,
} from '../plan/encode-plan.ts';

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
 * once at the size of its largest rendition, and each smaller rendition is scaled from the next larger one.
 * @param range the frames that leave the graph; null for all
 */
export function videoFilterGraph(video: PlannedVideo, range: FrameRange | null = null): FilterGraph {
  const source = {
    inputs: [sourcePadLabel(video)],
    filters: [...beginningOf(range), ...textsOf(video.filters), ...framesOf(range)],
  };
  const [only, ...more] = video.branches;
  if (only && more.length === 0) return [...watermarkChains(video), ...branchChains(only, source)];
  const labels = video.branches.map(({ id }) => `in-${id}`);
  return [
    ...watermarkChains(video),
    { ...source, filters: [...source.filters, `split=${labels.length}`], outputs: labels },
    ...video.branches.flatMap((branch) => branchChains(branch, { inputs: [`in-${branch.id}`], filters: [] })),
  ];
}

/** The label under which the image of the watermark enters the graph: the second input of the command. */
const watermarkPadLabel = '1:v:0';

/** One chain for each branch that draws the image, with the colours and the size of that branch. */
function watermarkChains({ branches }: PlannedVideo): FilterChain[] {
  const drawn = branches.flatMap(({ id, watermark }) => (watermark === null ? [] : [{ id, watermark }]));
  const chains = drawn.map(({ id, watermark }) => ({
    inputs: [drawn.length === 1 ? watermarkPadLabel : `image-${id}`],
    filters: textsOf(watermark.filters),
    outputs: [`watermark-${id}`],
  }));
  const split = { inputs: [watermarkPadLabel], filters: [`split=${drawn.length}`] };
  return drawn.length > 1
    ? [{ ...split, outputs: chains.flatMap(({ inputs }) => inputs) }, ...chains]
    : chains;
}

/** One chain for each size, largest first: the first one has the branch's own filters and its watermark, the others scale. */
function branchChains(branch: PlannedBranch, start: Omit<FilterChain, 'outputs'>): FilterChain[] {
  const sizes = groupBySize(branch);
  const own = { ...start, filters: [...start.filters, ...textsOf(branch.filters)] };
  const plain = { ...own, outputs: [`plain-${branch.id}`] };
  const drawn = branch.watermark && {
    inputs: [...plain.outputs, `watermark-${branch.id}`],
    filters: textsOf([branch.watermark.overlay]),
  };
  const chains = sizes.map(({ size, renditions }, place) => {
    const { inputs, filters } =
      place === 0 ? (drawn ?? own) : { inputs: [smallerLabel(branch, place)], filters: scaleTo(size) };
    const outputs = renditions.map(({ id }) => renditionPadLabel(id));
    if (place < sizes.length - 1) outputs.push(smallerLabel(branch, place + 1));
    return {
      inputs,
      filters: outputs.length === 1 ? filters : [...filters, `split=${outputs.length}`],
      outputs,
    };
  });
  return drawn ? [plain, ...chains] : chains;
}

/** Renditions of several codecs may have the same size; a size that is only passed has none. */
interface SameSize {
  readonly size: FrameSize;
  readonly renditions: PlannedRendition[];
}

/** The largest first, down to that of the smallest rendition. */
function groupBySize({ renditions, passedSizes = [] }: PlannedBranch): SameSize[] {
  const groups: SameSize[] = [];
  const smallest = Math.min(...renditions.map(pixelsOf));
  const all: FrameSize[] = [...renditions, ...passedSizes.filter((size) => pixelsOf(size) > smallest)];
  for (const { width, height } of all.toSorted((left, right) => pixelsOf(right) - pixelsOf(left))) {
    if (groups.some(({ size }) => size.width === width && size.height === height)) continue;
    const own = renditions.filter((one) => one.width === width && one.height === height);
    groups.push({ size: { width, height }, renditions: own });
  }
  return groups;
}

export function pixelsOf({ width, height }: FrameSize): number {
  return width * height;
}

function scaleTo({ width, height }: FrameSize): string[] {
  // Rounded sizes would leave a pixel aspect ratio such as 1280:1281.
  return [`scale=${width}:${height}:flags=bicubic`, 'setsar=1'];
}

/** The label between a size and the next smaller one. */
function smallerLabel({ id }: PlannedBranch, place: number): string {
  return `smaller-${id}-${place}`;
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
