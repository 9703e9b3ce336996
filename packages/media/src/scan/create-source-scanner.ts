import { countScrambledPackets } from './count-scrambled-packets.ts';
import { findAppendedFile } from './find-appended-file.ts';
import { scanIsoMedia } from './scan-iso-media.ts';
import type { SourceScanner } from './source-scan.ts';

/** The scanner for the files of a demuxer; null for formats without one. */
export function createSourceScanner(demuxer: string): SourceScanner | null {
  if (demuxer === 'mpegts') return countScrambledPackets();
  return demuxer === 'mov' ? scanIsoMedia() : findAppendedFile(demuxer);
}
