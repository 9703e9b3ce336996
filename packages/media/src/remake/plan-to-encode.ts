import type { EncodePlan, PlannedBranch, PlannedUnit, PlannedVideo } from '../plan/encode-plan.ts';

/**
 * The plan without the tracks that it keeps: what is decoded, filtered and encoded. Pictures pass the same sizes as if everything was
 * encoded, so that a rendition becomes what it would be without a version before.
 */
export function planToEncode(plan: EncodePlan): EncodePlan {
  const { kept, ...rest } = plan;
  if (kept === undefined) return plan;
  const isKept = ({ id }: { readonly id: string }) => kept.trackIds.includes(id);
  return {
    ...rest,
    video: plan.video && withoutKept(plan.video, isKept),
    audio: plan.audio.filter((track) => !isKept(track)),
  };
}

/** The plan by which a unit encodes. Audio is cut where the video is, also where no video is encoded. */
export function planOfUnit(plan: EncodePlan, { kind }: Pick<PlannedUnit, 'kind'>): EncodePlan {
  const { video, audio } = planToEncode(plan);
  return kind === 'video' ? { ...plan, video } : { ...plan, audio };
}

function withoutKept(
  video: PlannedVideo,
  isKept: (rendition: { readonly id: string }) => boolean,
): PlannedVideo | null {
  const branches = video.branches.flatMap((branch): PlannedBranch[] => {
    const renditions = branch.renditions.filter((rendition) => !isKept(rendition));
    const passedSizes = branch.renditions.map(({ width, height }) => ({ width, height }));
    return renditions.length === 0 ? [] : [{ ...branch, renditions, passedSizes }];
  });
  return branches.length === 0 ? null : { ...video, branches };
}
