import type { EncodePlan } from '../plan/encode-plan.ts';
import { planToEncode } from '../remake/plan-to-encode.ts';

/** Why something of such a stream is not measurable. */
export const keptReason = 'kept: not decoded again';

/** Whether a remake keeps all tracks of a stream, so that none of its units decodes it. */
export function isKeptStream(plan: EncodePlan, streamIndex: number): boolean {
  const { video, audio } = planToEncode(plan);
  const decoded = [...(video ? [video] : []), ...audio];
  return plan.kept !== undefined && !decoded.some((one) => one.streamIndex === streamIndex);
}
