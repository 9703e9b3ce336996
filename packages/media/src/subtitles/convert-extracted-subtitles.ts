import { requireCueCeilings } from '../ceilings/require-cue-ceilings.ts';
import { type SubtitlePart, subtitlePartsOf } from '../command/extract-subtitle-command.ts';
import type { PlannedSubtitleTrack } from '../plan/encode-plan.ts';
import { type ConvertedSubtitles, convertSubtitles } from './convert-subtitles.ts';
import { type CuePacket, readCuePackets } from './read-cue-packets.ts';

/**
 * Converts the output of `extractSubtitleCommand` for a track to WebVTT.
 * @param read returns the bytes of a part
 * @throws MediaRefusal `too-many-cues`, `cue-too-large`
 */
export async function convertExtractedSubtitles(
  track: PlannedSubtitleTrack,
  read: (part: SubtitlePart) => Promise<Uint8Array>,
): Promise<ConvertedSubtitles> {
  const parts = new Map<SubtitlePart, Uint8Array>();
  for (const part of subtitlePartsOf(track)) parts.set(part, await read(part));
  const packets = packetsOf(parts.get('cues'), parts.get('text'));
  const { codec, language } = track;
  return convertSubtitles({
    codec,
    language,
    packets,
    source: parts.has('source-cues')
      ? packetsOf(parts.get('source-cues'), parts.get('source-text'))
      : packets,
    header: new TextDecoder().decode(parts.get('header')),
  });
}

function packetsOf(list: Uint8Array = new Uint8Array(), payload: Uint8Array = new Uint8Array()): CuePacket[] {
  const packets = readCuePackets(new TextDecoder().decode(list), payload);
  requireCueCeilings(packets);
  return packets;
}
