import type { LeftOut } from '@fyrestream/events';
import { convertCaptions, type EncodePlan, leftOutOfCaptionFile } from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import type { UnitContents } from '../unit-contents.ts';
import { readCaptionFile } from './read-caption-file.ts';
import { storeSubtitles } from './store-subtitles.ts';

/**
 * Converts the caption files that the plan names to WebVTT and stores them under the claim's token. A file that is gone
 * since is left out.
 */
export async function convertCaptionFiles(
  work: JobContext,
  { subtitles, captionFiles, durationSeconds, trim }: EncodePlan,
  claim: ActiveClaim,
): Promise<Required<Pick<UnitContents, 'subtitles' | 'leftOut'>>> {
  const stored: UnitContents['subtitles'] = [];
  const leftOut: LeftOut[] = [];
  for (const track of subtitles) {
    const file = captionFiles.find(({ key }) => key === track.captionKey);
    if (file === undefined) continue;
    try {
      const bytes = await readCaptionFile(work, file, claim.signal);
      const source = { bytes, language: track.language, durationSeconds, trim };
      const converted = await convertCaptions(source, () => work.timers.sleep(0, claim.signal));
      stored.push(await storeSubtitles(work, claim, track, converted));
    } catch (error) {
      leftOut.push(leftOutOfCaptionFile(file.key, error));
    }
  }
  return { subtitles: stored, leftOut };
}
