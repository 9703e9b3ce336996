import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import { renditionLabel } from '../command/video-filter-graph.ts';
import type { PlannedBranch, PlannedVideo } from '../plan/encode-plan.ts';
import {
  frameSignatureFilter,
  frameSignatureOutputOptions,
  frameSignatureSizeOf,
} from './frame-signature.ts';
import { frameTimesFilter } from './frame-times.ts';

/** Where the encode of a picture tells what it saw: each a socket or a file. */
export interface VideoReferenceTargets {
  /** Gets the time of every frame that the decoder gives, as text for `createFrameTimesReader`. */
  readonly frameTimesTarget: string;
  /** Gets the branch's own frames, before any encoder, as stamps. */
  referenceTarget(branchId: PlannedBranch['id']): string;
}

/** Errors can be told from warnings by it, see `readDecoderWarnings`. */
export const captureLogLevel = 'level+warning';

/**
 * The command of `encodeVideoCommand` with a witness beside it: the decoder's frames are timed, and the frames of each
 * branch's largest rendition leave the graph a second time, shrunk to stamps. A frame for each frame: an output with few
 * would make ffmpeg queue all others.
 */
export function captureVideoReference(
  command: FfmpegCommand,
  video: PlannedVideo,
  targets: VideoReferenceTargets,
): FfmpegCommand {
  const source = `[0:${video.streamIndex}]`;
  const timed = `${source}${frameTimesFilter('video', targets.frameTimesTarget)},`;
  const graph = (command.filterGraph ?? '').replace(source, () => timed);
  return {
    ...command,
    logLevel: captureLogLevel,
    filterGraph: video.branches.reduce(tap, graph),
    outputs: [
      ...command.outputs,
      ...video.branches.map(({ id }) => ({
        target: targets.referenceTarget(id),
        options: ['-map', `[reference-${id}]`, ...frameSignatureOutputOptions],
      })),
    ],
  };
}

function tap(graph: string, branch: PlannedBranch): string {
  const largest = `[${renditionLabel(branch.renditions[0]?.id ?? '')}]`;
  const tapped = graph.replace(largest, () => `,split=2${largest}[tap-${branch.id}]`);
  return `${tapped};[tap-${branch.id}]${frameSignatureFilter(frameSignatureSizeOf(branch))}[reference-${branch.id}]`;
}
