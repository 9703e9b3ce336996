import type { SourceFacts } from '../facts/source-facts.ts';
import { MediaRefusal } from '../media-refusal.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';
import { minVideoImages } from '../sniff/image-formats.ts';

/**
 * Image formats count as video only if they contain more than one image.
 * @throws MediaRefusal `image-not-video`
 */
export function refuseStillImage({ demuxer, video }: SourceFacts, surveys: readonly StreamSurvey[]): void {
  const minPictures = minVideoImages.get(demuxer);
  const survey = surveys.find(({ streamIndex }) => streamIndex === video[0]?.index);
  if (minPictures === undefined || survey === undefined || !survey.isWhole) return;
  const pictures = Math.max(survey.decodedFrames, survey.readPackets);
  if (survey.decodedFrames > 0 && pictures < minPictures) throw new MediaRefusal('image-not-video');
}
