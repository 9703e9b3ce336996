import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import type { FilterChain } from '../command/filter-graph.ts';
import { pixelsOf, renditionPadLabel, sourcePadLabel } from '../command/video-filter-graph.ts';
import type { PlannedBranch, PlannedVideo } from '../plan/encode-plan.ts';
import {
  frameSignatureFilter,
  frameSignatureOutputOptions,
  frameSignatureSizeOf,
} from './frame-signature.ts';
import { frameTimesFilter } from './frame-times.ts';

/** Where the encode of video writes the reference capture: each a socket or a file. */
export interface VideoReferenceTargets {
  /** Gets the time of every frame that the decoder gives, as text for `createFrameTimesReader`. */
  readonly frameTimesTarget: string;
  /** Gets the branch's own frames, before any encoder, as frame signatures. */
  referenceTarget(branchId: PlannedBranch['id']): string;
}

/** Each line then starts with its level: `readDecoderWarnings` separates errors from warnings by it. */
export const captureLogLevel = 'level+warning';

/**
 * The command of `encodeVideoCommand` with the reference capture: the times of the decoder's frames are printed, and the
 * frames of each branch's smallest rendition, which cost least to reduce, leave the graph a second time as frame signatures. A
 * fault on the way to them would show in all renditions: each is compared. Every frame leaves: an output with fewer frames would
 * make ffmpeg queue all others.
 */
export function addVideoReferenceCapture(
  command: FfmpegCommand,
  video: PlannedVideo,
  targets: VideoReferenceTargets,
): FfmpegCommand {
  const frameTimes = frameTimesFilter('video', targets.frameTimesTarget);
  const chains = (command.filterGraph ?? [])
    .map((chain) => beginWith(chain, sourcePadLabel(video), frameTimes))
    .flatMap((chain) => video.branches.reduce(addTap, [chain]));
  return {
    ...command,
    logLevel: captureLogLevel,
    filterGraph: [...chains, ...video.branches.map(signatureChain)],
    outputs: [
      ...command.outputs,
      ...video.branches.map(({ id }) => ({
        target: targets.referenceTarget(id),
        options: ['-map', `[${referenceLabel(id)}]`, ...frameSignatureOutputOptions],
      })),
    ],
  };
}

/** The chain that reads `label`, with one more filter in front of its own. */
function beginWith(chain: FilterChain, label: string, filter: string): FilterChain {
  return chain.inputs.includes(label) ? { ...chain, filters: [filter, ...chain.filters] } : chain;
}

/** Splits the output that the branch's smallest rendition reads: the same frames leave at the tap as well. */
function addTap(chains: readonly FilterChain[], { id, renditions }: PlannedBranch): FilterChain[] {
  const [smallest] = renditions.toSorted((left, right) => pixelsOf(left) - pixelsOf(right));
  const encoded = renditionPadLabel(smallest?.id ?? '');
  const all = `all-${id}`;
  return chains.flatMap((chain) => {
    if (!chain.outputs.includes(encoded)) return [chain];
    const outputs = chain.outputs.map((label) => (label === encoded ? all : label));
    return [
      { ...chain, outputs },
      { inputs: [all], filters: ['split=2'], outputs: [encoded, tapLabel(id)] },
    ];
  });
}

function signatureChain(branch: PlannedBranch): FilterChain {
  return {
    inputs: [tapLabel(branch.id)],
    filters: [frameSignatureFilter(frameSignatureSizeOf(branch))],
    outputs: [referenceLabel(branch.id)],
  };
}

function tapLabel(branchId: PlannedBranch['id']): string {
  return `tap-${branchId}`;
}

function referenceLabel(branchId: PlannedBranch['id']): string {
  return `reference-${branchId}`;
}
