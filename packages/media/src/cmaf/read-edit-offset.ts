import { type Box, openFullBox } from './boxes.ts';
import { packagingError } from './packaging-error.ts';

/**
 * The media time at which the edit list starts; 0 without an edit list. All players support one edit that skips the
 * B-frame delay. Empty edits are refused: browsers ignore them, so audio and video would be out of sync by their
 * duration. Source: ISO/IEC 14496-12, 8.6.6.
 */
export function readEditOffset(editList: Box | undefined): number {
  if (editList === undefined) return 0;
  const { version, reader } = openFullBox(editList);
  const entries = Array.from({ length: Math.min(reader.uint32(), 16) }, () => {
    reader.skip(version === 1 ? 8 : 4);
    const mediaTime = version === 1 ? reader.int64() : reader.int32();
    reader.skip(4);
    return mediaTime;
  });
  const [mediaTime = 0] = entries;
  if (entries.length > 1 || mediaTime < 0) {
    throw packagingError(
      'The track does not start at zero (its edit list is more than one offset): shift or pad it before encoding.',
    );
  }
  return mediaTime;
}
