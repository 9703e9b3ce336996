import { acceptedDemuxers } from '../sniff/media-signatures.ts';

/** The whitelist compares whole names, as the demuxer spells them. */
const acceptedFormats = acceptedDemuxers
  .map((demuxer) => ({ mov: 'mov,mp4,m4a,3gp,3g2,mj2', matroska: 'matroska,webm' })[demuxer] ?? demuxer)
  .join(',');

/**
 * Options that every reader of a source gets, ffprobe and ffmpeg alike: local files only, and the demuxer
 * that the first bytes named. A playlist renamed `.mp4` must never be opened as a playlist. Streams that
 * begin late (TS, MKV with sparse tracks) need a longer look than the defaults allow.
 *
 * Where the first bytes told nothing (`null`), ffmpeg may guess, but only among demuxers of real media.
 * @param leadingBytes what stands before the media
 */
export function inputOptions(demuxer: string | null, leadingBytes = 0): string[] {
  const choice = demuxer === null ? ['-format_whitelist', acceptedFormats] : ['-f', demuxer];
  const skip = leadingBytes === 0 ? [] : ['-skip_initial_bytes', `${leadingBytes}`];
  const look = ['-probesize', '50000000', '-analyzeduration', '20000000'];
  return ['-protocol_whitelist', 'file', ...choice, ...skip, ...look];
}

/**
 * ffprobe's argv for `readSourceFacts`. Closed captions and what a picture was mastered on are told by frames,
 * not by containers: those of the first packets are decoded, only what lies beside their pixels is printed.
 */
export function probeArguments(sourcePath: string, demuxer: string | null, leadingBytes = 0): string[] {
  const frames = ['-show_frames', '-read_intervals', '%+#60'];
  const programs = 'program=program_id:program_tags=service_name:program_stream=index';
  const entries = [programs, 'chapter=id', 'frame=stream_index:frame_side_data'].flatMap((entry) => [
    '-show_entries',
    entry,
  ]);
  const report = ['-show_format', '-show_streams', ...frames, ...entries, '-of', 'json'];
  return ['-v', 'error', ...inputOptions(demuxer, leadingBytes), ...report, sourcePath];
}
