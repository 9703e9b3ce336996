import { MediaRefusal } from '../media-refusal.ts';
import type { CuePacket } from '../subtitles/read-cue-packets.ts';
import { mediaCeilings } from './media-ceilings.ts';

/** @throws MediaRefusal `too-many-cues`, `cue-too-large` */
export function requireCueCeilings(packets: readonly CuePacket[]): void {
  const { cues, cueBytes } = mediaCeilings;
  if (packets.length > cues) throw new MediaRefusal('too-many-cues', `It has ${packets.length}.`);
  for (const { bytes } of packets) {
    if (bytes.length > cueBytes) throw new MediaRefusal('cue-too-large', `It has ${bytes.length} bytes.`);
  }
}
