import { readBoxes, requireBox } from './boxes.ts';
import { packagingError } from './packaging-error.ts';

/** 16.16 fixed point, the last column 2.30. Source: ISO/IEC 14496-12, 8.3.2. */
const identity = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

/**
 * The same bytes with a track header without rotation. Frames leave the filters upright, but ffmpeg 5.1 copies the
 * display matrix of the source to the encoded stream: players would rotate them again.
 */
export function resetDisplayMatrix(movieBytes: Uint8Array): Uint8Array {
  const bytes = movieBytes.slice();
  for (const movie of readBoxes(bytes).filter(({ type }) => type === 'moov')) {
    for (const track of readBoxes(movie.payload).filter(({ type }) => type === 'trak')) {
      const { payload } = requireBox(track, 'tkhd');
      const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
      // Version and flags, times and numbers (wider in version 1), layer, group, volume.
      const offset = payload[0] === 1 ? 52 : 40;
      if (payload.length < offset + 36) throw packagingError('The track header is too short.');
      identity.forEach((value, index) => {
        view.setInt32(offset + index * 4, value);
      });
    }
  }
  return bytes;
}
