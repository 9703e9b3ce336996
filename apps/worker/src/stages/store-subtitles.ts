import { subtitleFileName, trackFileKey } from '@fyrestream/events';
import type { PlannedSubtitleTrack, SubtitleReport } from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { workFileHeaders } from '../object-headers.ts';
import type { UnitContents } from '../unit-contents.ts';

/** Stores the WebVTT of a track under the claim's token. */
export async function storeSubtitles(
  { store, settings }: JobContext,
  claim: ActiveClaim,
  track: PlannedSubtitleTrack,
  { webVtt, report }: { readonly webVtt: string; readonly report: SubtitleReport },
): Promise<UnitContents['subtitles'][number]> {
  const { id: trackId, language, name, isForced: forced, isHearingImpaired: hearingImpaired } = track;
  const key = trackFileKey(claim, trackId, subtitleFileName);
  await store.put({ bucket: settings.outputBucket, key }, webVtt, workFileHeaders);
  return { trackId, language, name, forced, hearingImpaired, sizeBytes: Buffer.byteLength(webVtt), report };
}
