import type { SourceFacts } from '../facts/source-facts.ts';
import { MediaRefusal } from '../media-refusal.ts';
import { mediaCeilings } from './media-ceilings.ts';

/**
 * Refuses what the metadata of a source alone shows to be no honest file, before anything is decoded.
 * @throws MediaRefusal that names the ceiling
 */
export function requireFactCeilings(facts: SourceFacts): void {
  const { video, audio, subtitles, data, unreadable, attachmentCount } = facts;
  const { streams, attachments, videoStreams, audioStreams, channels, minSampleRateHertz, sampleRateHertz } =
    mediaCeilings;
  refuseAbove('too-many-streams', video.length, videoStreams, 'video streams');
  refuseAbove('too-many-streams', audio.length, audioStreams, 'audio streams');
  const streamCount = [video, audio, subtitles, data, unreadable].reduce(
    (sum, { length }) => sum + length,
    0,
  );
  refuseAbove('too-many-streams', streamCount, streams, 'streams');
  refuseAbove('too-many-streams', attachmentCount, attachments, 'attachments');
  for (const stream of audio) {
    refuseAbove('too-many-channels', stream.channels, channels, 'channels');
    const rate = stream.sampleRateHertz;
    // 0: unknown.
    if (rate > sampleRateHertz || (rate > 0 && rate < minSampleRateHertz)) {
      const range = `between ${minSampleRateHertz} and ${sampleRateHertz} Hz`;
      throw new MediaRefusal('sample-rate-not-accepted', `It is ${rate} Hz; accepted is a rate ${range}.`);
    }
  }
}

function refuseAbove(
  code: 'too-many-streams' | 'too-many-channels',
  value: number,
  ceiling: number,
  unit: string,
): void {
  if (value > ceiling)
    throw new MediaRefusal(code, `It has ${value} ${unit}, at most ${ceiling} are accepted.`);
}
