import { createAppendedFileScanner } from './create-appended-file-scanner.ts';
import { createIsoMediaScanner } from './create-iso-media-scanner.ts';
import { createScrambledPacketCounter } from './create-scrambled-packet-counter.ts';
import type { SourceScanner } from './source-scan.ts';

/** The scanner for the files of a demuxer; null for formats without one. */
export function createSourceScanner(demuxer: string): SourceScanner | null {
  if (demuxer === 'mpegts') return createScrambledPacketCounter();
  return demuxer === 'mov' ? createIsoMediaScanner() : createAppendedFileScanner(demuxer);
}
