import type { PacketHash } from '../command/packet-hashes.ts';
import { type Check, equalCheck } from './check.ts';

/** Finished files must decode without any message of a decoder. */
export function checkDecoding(trackId: string, errors: number, examples: readonly string[]): Check {
  const [first = ''] = examples;
  const measured = errors === 0 ? 'none' : `${errors}, the first: ${first}`;
  return equalCheck({ name: 'decode-errors', subject: trackId, measured }, 'none');
}

/**
 * Checks that a file contains exactly the packets of the streams it was made from.
 * @param segments one hash for each of these streams
 * @param file one hash for each stream of the file
 */
export function checkPacketHashes(
  trackId: string,
  segments: readonly PacketHash[],
  file: readonly PacketHash[],
): Check {
  const isSame =
    segments.length > 0 &&
    segments.length === file.length &&
    segments.every(({ kind, hash }) => file.some((stream) => stream.kind === kind && stream.hash === hash));
  return equalCheck(
    { name: 'mp4-packets', subject: trackId, measured: isSame ? 'of the segments' : 'others' },
    'of the segments',
  );
}
