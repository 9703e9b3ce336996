import { requireCueCeilings } from '../ceilings/require-cue-ceilings.ts';
import { type SubtitlePart, subtitlePartsOf } from '../command/extract-subtitle-command.ts';
import type { EncodePlan, PlannedSubtitleTrack } from '../plan/encode-plan.ts';
import { cutCues } from '../trim/cut-cues.ts';
import { type ConvertedSubtitles, convertSubtitles } from './convert-subtitles.ts';
import { createPace, type Pace, type Pause } from './pace.ts';
import { type CuePacket, readCuePackets } from './read-cue-packets.ts';

/**
 * Converts the output of `extractSubtitleCommand` for a track to WebVTT.
 * @param read returns the bytes of a part
 * @param pause is awaited now and then, as 64 MiB of text need up to half a minute
 * @throws MediaRefusal `too-many-cues`, `cue-too-large`
 */
export async function convertExtractedSubtitles(
  track: PlannedSubtitleTrack,
  read: (part: SubtitlePart) => Promise<Uint8Array>,
  pause: Pause,
  trim: EncodePlan['trim'] = null,
): Promise<ConvertedSubtitles> {
  const parts = new Map<SubtitlePart, Uint8Array>();
  for (const part of subtitlePartsOf(track)) parts.set(part, await read(part));
  const pace = createPace(pause);
  const packets = await packetsOf(pace, parts.get('cues'), parts.get('text'));
  const { codec, language } = track;
  const source = parts.has('source-cues')
    ? await packetsOf(pace, parts.get('source-cues'), parts.get('source-text'))
    : packets;
  const header = new TextDecoder().decode(parts.get('header'));
  return convertSubtitles(
    { codec, language, packets: cutCues(packets, trim), source: cutCues(source, trim), header },
    pace,
  );
}

async function packetsOf(
  pace: Pace,
  list: Uint8Array = new Uint8Array(),
  payload: Uint8Array = new Uint8Array(),
): Promise<CuePacket[]> {
  const packets = await readCuePackets(new TextDecoder().decode(list), payload, pace);
  requireCueCeilings(packets);
  return packets;
}
