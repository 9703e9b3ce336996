import { inputOptions } from './input-options.ts';

/**
 * ffprobe's argv for `requireHeaderCeilings`: reads the header of a source. Unlike `probeArguments` it decodes nothing, also
 * no cover images.
 */
export function headerProbeArguments(sourcePath: string, demuxer: string | null, leadingBytes = 0): string[] {
  const entries = [
    'format_tags',
    'stream=index',
    'stream_tags',
    'stream_disposition=attached_pic',
    'program_tags',
    'chapter=id',
    'chapter_tags',
  ].join(':');
  return [
    ...['-v', 'error', '-nofind_stream_info', ...inputOptions(demuxer, leadingBytes)],
    ...['-show_entries', entries, '-of', 'json', sourcePath],
  ];
}
