import { MediaRefusal } from '../media-refusal.ts';
import type { PacketTimes } from '../observe/packet-times.ts';
import { mediaCeilings } from './media-ceilings.ts';
import { requireGapCeiling } from './require-gap-ceiling.ts';

/** Fields, and frames that are not shown, have packets of their own. */
const packetsPerFrame = 2;
/** Shorter bursts of packets are faults of muxers. */
const burstSeconds = 1;

/**
 * Checks the times of all packets of a video: what the metadata says about them may be a lie.
 * @param clockMayJump whether ffmpeg removes jumps of this container's clock
 * @throws MediaRefusal `too-many-frames`, `frame-rate-too-high`, `frame-gap-too-long`
 */
export function requirePacketCeilings({ runs, hiddenPositions }: PacketTimes, clockMayJump: boolean): void {
  const { frames, framesPerSecond } = mediaCeilings;
  let count = hiddenPositions.length;
  let seconds = burstSeconds;
  for (const run of runs) {
    count += run.length;
    seconds += (run.at(-1) ?? 0) - (run[0] ?? 0);
  }
  if (count > packetsPerFrame * frames)
    throw new MediaRefusal('too-many-frames', `It has ${count} video packets.`);
  if (count / seconds > packetsPerFrame * framesPerSecond)
    throw new MediaRefusal(
      'frame-rate-too-high',
      `It has ${count} video packets in ${seconds.toFixed(1)} s.`,
    );
  if (!clockMayJump) requireGapCeiling(runs);
}
