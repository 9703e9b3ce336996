import { mediaCeilings } from '../ceilings/media-ceilings.ts';
import type { SourceFacts } from '../facts/source-facts.ts';
import { MediaRefusal } from '../media-refusal.ts';
import { decodeSurveyCommand } from './decode-survey.ts';
import type { ObservationTools } from './observation-tools.ts';

const refusedSize = /Picture size (\d+)x(\d+) (?:exceeds|is invalid)/g;
/** Of frames that are too large nothing is decoded, so this is more than enough. */
const surveyedSeconds = 1;

/**
 * The more specific refusal if nothing can be decoded because ffmpeg refuses the size of the frames. ffprobe then reports no
 * size, and a container may state a smaller one: only ffmpeg's messages name the size.
 * @returns `error`, or a MediaRefusal `video-too-large`
 */
export async function refineSizeRefusal(
  error: unknown,
  tools: Pick<ObservationTools, 'run'>,
  sourcePath: string,
  { demuxer, leadingBytes, video, unreadable }: SourceFacts,
): Promise<unknown> {
  if (!(error instanceof MediaRefusal && error.code === 'no-decodable-stream')) return error;
  for (const { index } of [...video, ...unreadable]) {
    const extent = { streamIndex: index, seconds: surveyedSeconds };
    const stderr = await tools.run(decodeSurveyCommand(sourcePath, demuxer, extent, leadingBytes));
    for (const [, width, height] of stderr.matchAll(refusedSize)) {
      if (Number(width) * Number(height) > mediaCeilings.pixelsPerFrame)
        return new MediaRefusal('video-too-large', `It is ${width} x ${height}.`, error);
    }
  }
  return error;
}
