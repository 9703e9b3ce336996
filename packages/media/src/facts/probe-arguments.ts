import { frameSizeLimit, inputOptions } from './input-options.ts';

/**
 * ffprobe's argv for `readSourceFacts`. Closed captions and mastering metadata are in frames, not in containers: the
 * first frames are decoded and only their side data is printed.
 */
export function probeArguments(sourcePath: string, demuxer: string | null, leadingBytes = 0): string[] {
  const frames = ['-show_frames', '-read_intervals', '%+#60'];
  const programs = 'program=program_id:program_tags=service_name:program_stream=index';
  const chapters = 'chapter=start_time,end_time:chapter_tags=title';
  const entries = [programs, chapters, 'frame=stream_index:frame_side_data'].flatMap((entry) => [
    '-show_entries',
    entry,
  ]);
  const report = ['-show_format', '-show_streams', ...frames, ...entries, '-of', 'json'];
  return ['-v', 'error', ...inputOptions(demuxer, leadingBytes), ...frameSizeLimit, ...report, sourcePath];
}
