import { mediaCeilings } from '../ceilings/media-ceilings.ts';
import { acceptedDemuxers } from '../sniff/media-signatures.ts';

/** The whitelist compares the full names of demuxers. */
const acceptedFormats = acceptedDemuxers
  .map((demuxer) => ({ mov: 'mov,mp4,m4a,3gp,3g2,mj2', matroska: 'matroska,webm' })[demuxer] ?? demuxer)
  .join(',');

/** For every command that decodes video, or lets ffmpeg decode frames to find out properties: no larger frame is decoded. */
export const frameSizeLimit = ['-max_pixels', `${mediaCeilings.pixelsPerFrame}`];

/**
 * Options for every ffprobe and ffmpeg command that reads a source: local files only, and the demuxer found from the
 * first bytes. A playlist renamed to `.mp4` must not be opened as a playlist. Streams that start late (TS, MKV with
 * sparse tracks) need higher probing limits than the defaults.
 *
 * If the first bytes are unknown (`null`), ffmpeg detects the format among the accepted demuxers.
 * @param leadingBytes number of bytes before the media
 */
export function inputOptions(demuxer: string | null, leadingBytes = 0): string[] {
  const choice = demuxer === null ? ['-format_whitelist', acceptedFormats] : ['-f', demuxer];
  const skip = leadingBytes === 0 ? [] : ['-skip_initial_bytes', `${leadingBytes}`];
  const look = ['-probesize', '50000000', '-analyzeduration', '20000000'];
  return ['-protocol_whitelist', 'file', ...choice, ...skip, ...look];
}
