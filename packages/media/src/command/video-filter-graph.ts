import type { PlannedBranch, PlannedVideo } from '../plan/encode-plan.ts';

/** The label under which a rendition leaves the graph. */
export function renditionLabel(renditionId: string): string {
  return `out-${renditionId}`;
}

/**
 * One graph for all renditions: the source is decoded once, the chain common to all runs once, each
 * branch converts colours once at its largest size, and smaller renditions are scaled from that.
 */
export function videoFilterGraph(video: PlannedVideo): string {
  const shared = video.filters.map(({ filter }) => filter).join(',');
  const branchChain = (branch: PlannedBranch) => branch.filters.map(({ filter }) => filter).join(',');
  const [only, ...more] = video.branches;
  if (only && more.length === 0) {
    return [`[0:${video.streamIndex}]${shared},${branchChain(only)}${fanOut(only)}`, ...scaleDown(only)].join(
      ';',
    );
  }
  const labels = video.branches.map((branch) => `[in-${branch.id}]`);
  return [
    `[0:${video.streamIndex}]${shared},split=${labels.length}${labels.join('')}`,
    ...video.branches.flatMap((branch) => [
      `[in-${branch.id}]${branchChain(branch)}${fanOut(branch)}`,
      ...scaleDown(branch),
    ]),
  ].join(';');
}

function fanOut({ renditions }: PlannedBranch): string {
  if (renditions.length === 1) return `[${renditionLabel(renditions[0]?.id ?? '')}]`;
  return `,split=${renditions.length}${renditions.map(({ id }) => `[full-${id}]`).join('')}`;
}

function scaleDown({ renditions }: PlannedBranch): string[] {
  if (renditions.length === 1) return [];
  return renditions.map(
    ({ id, width, height }) =>
      // Rounded sizes would leave a pixel aspect of 1280:1281 behind.
      `[full-${id}]scale=${width}:${height}:flags=bicubic,setsar=1[${renditionLabel(id)}]`,
  );
}
