import { type Check, equals } from './check.ts';

/** Finished files decode without a word from any decoder. */
export function checkDecoding(trackId: string, errors: number, examples: readonly string[]): Check {
  const [first = ''] = examples;
  const measured = errors === 0 ? 'none' : `${errors}, the first: ${first}`;
  return equals({ name: 'decode-errors', subject: trackId, measured }, 'none');
}

/**
 * Whether a file holds exactly the packets of the streams that it was made of.
 * @param hashes of the streams first, one each, then of the file's own streams
 */
export function checkPackets(
  trackId: string,
  hashes: readonly { kind: string; hash: string }[],
  streamCount: number,
): Check {
  const [made, held] = [hashes.slice(0, streamCount), hashes.slice(streamCount)];
  const isSame =
    made.length === streamCount &&
    held.length === streamCount &&
    made.every(({ kind, hash }) => held.some((stream) => stream.kind === kind && stream.hash === hash));
  return equals(
    { name: 'mp4-packets', subject: trackId, measured: isSame ? 'of the segments' : 'others' },
    'of the segments',
  );
}
