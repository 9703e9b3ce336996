import { type Check, equalCheck } from './check.ts';

/** Finished files must decode without any message of a decoder. */
export function checkDecoding(trackId: string, errors: number, examples: readonly string[]): Check {
  const [first = ''] = examples;
  const measured = errors === 0 ? 'none' : `${errors}, the first: ${first}`;
  return equalCheck({ name: 'decode-errors', subject: trackId, measured }, 'none');
}

/**
 * Checks that a file contains exactly the packets of the streams it was made from.
 * @param hashes first one for each of the streams, then one for each stream of the file
 */
export function checkPacketHashes(
  trackId: string,
  hashes: readonly { kind: string; hash: string }[],
  streamCount: number,
): Check {
  const [made, held] = [hashes.slice(0, streamCount), hashes.slice(streamCount)];
  const isSame =
    made.length === streamCount &&
    held.length === streamCount &&
    made.every(({ kind, hash }) => held.some((stream) => stream.kind === kind && stream.hash === hash));
  return equalCheck(
    { name: 'mp4-packets', subject: trackId, measured: isSame ? 'of the segments' : 'others' },
    'of the segments',
  );
}
