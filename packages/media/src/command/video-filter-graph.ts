import type { PlannedBranch, PlannedVideo } from '../plan/encode-plan.ts';
import type { PictureWitness } from '../verify/encode-witness.ts';
import { frameTimesFilter } from '../verify/frame-times.ts';
import { referenceLabel, stampFilter, stampSizeOf } from '../verify/reference-picture.ts';

/** The label under which a rendition leaves the graph. */
export function renditionLabel(renditionId: string): string {
  return `out-${renditionId}`;
}

/**
 * One graph for all renditions: the source is decoded once, the chain common to all runs once, each
 * branch converts colours once at its largest size, and smaller renditions are scaled from that. With a witness the
 * decoder's frames are timed, and each branch's own frames leave the graph once more, as stamps.
 */
export function videoFilterGraph(video: PlannedVideo, witness?: PictureWitness): string {
  const timed = witness ? [frameTimesFilter('video', witness.frameTimesTarget(video.streamIndex))] : [];
  const shared = [...timed, ...video.filters.map(({ filter }) => filter)].join(',');
  const branchChain = (branch: PlannedBranch) => branch.filters.map(({ filter }) => filter).join(',');
  const leaves = (branch: PlannedBranch) => leavesOf(branch, witness !== undefined);
  const [only, ...more] = video.branches;
  if (only && more.length === 0) {
    return [
      `[0:${video.streamIndex}]${shared},${branchChain(only)}${fanOut(leaves(only))}`,
      ...scaleDown(leaves(only)),
    ].join(';');
  }
  const labels = video.branches.map((branch) => `[in-${branch.id}]`);
  return [
    `[0:${video.streamIndex}]${shared},split=${labels.length}${labels.join('')}`,
    ...video.branches.flatMap((branch) => [
      `[in-${branch.id}]${branchChain(branch)}${fanOut(leaves(branch))}`,
      ...scaleDown(leaves(branch)),
    ]),
  ].join(';');
}

/** What is made of a branch's full frames: a label to leave by and the filter that leads there. */
interface Leaf {
  readonly label: string;
  readonly filter: string;
}

function leavesOf(branch: PlannedBranch, isWitnessed: boolean): Leaf[] {
  const reference = { label: referenceLabel(branch.id), filter: stampFilter(stampSizeOf(branch)) };
  return [
    ...branch.renditions.map(({ id, width, height }) => ({
      label: renditionLabel(id),
      // Rounded sizes would leave a pixel aspect of 1280:1281 behind.
      filter: `scale=${width}:${height}:flags=bicubic,setsar=1`,
    })),
    ...(isWitnessed ? [reference] : []),
  ];
}

/** A single rendition is the full frames themselves. */
function fanOut(leaves: Leaf[]): string {
  if (leaves.length === 1) return `[${leaves[0]?.label}]`;
  return `,split=${leaves.length}${leaves.map(({ label }) => `[${fullLabel(label)}]`).join('')}`;
}

function scaleDown(leaves: Leaf[]): string[] {
  if (leaves.length === 1) return [];
  return leaves.map(({ label, filter }) => `[${fullLabel(label)}]${filter}[${label}]`);
}

function fullLabel(label: string): string {
  return `full-${label.replace(/^out-/, '')}`;
}
