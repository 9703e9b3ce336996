import type { LeftOut } from '@fyrestream/events';
import { MediaRefusal } from '../media-refusal.ts';
import type { SourceScan } from '../scan/source-scan.ts';

/** At this share of scrambled packets or more, the file is refused. */
const minScrambledShare = 0.5;
/** A smaller share is caused by bit errors of the reception. */
const minReportedShare = 0.01;

/** The parts of a file that its demuxer does not read, or that are missing. */
export function leftOutOfScan(scan: Partial<SourceScan>, sizeBytes: number | null): LeftOut[] {
  const { appendedAtBytes, fragments = 0, missingFragments = 0 } = scan;
  const scrambled = scrambledShare(scan);
  const entries: [kind: string, why: string | null][] = [
    [
      'appended',
      appendedAtBytes == null
        ? null
        : `a second file is appended at byte ${appendedAtBytes} of ${sizeBytes ?? 'more'}: only the first one counts`,
    ],
    [
      'fragments',
      missingFragments > 0
        ? `${missingFragments} of ${fragments + missingFragments} fragments are missing in the file`
        : null,
    ],
    [
      'scrambled',
      scrambled >= minReportedShare
        ? `${Math.round(scrambled * 100)} % of the packets are scrambled and need a key`
        : null,
    ],
  ];
  return entries.flatMap(([kind, why]) => (why === null ? [] : { streamIndex: null, kind, why }));
}

/** The more specific refusal of a scrambled recording: it cannot be decoded because it needs a key. */
export function refineScrambledRefusal(error: unknown, scan: Partial<SourceScan>): unknown {
  const isUndecodable =
    error instanceof MediaRefusal && ['no-media-stream', 'no-decodable-stream'].includes(error.code);
  return isUndecodable && scrambledShare(scan) >= minScrambledShare
    ? new MediaRefusal('encrypted', 'It is a recording of a scrambled broadcast.', error)
    : error;
}

function scrambledShare({ packets = 0, scrambledPackets = 0 }: Partial<SourceScan>): number {
  return packets === 0 ? 0 : scrambledPackets / packets;
}
