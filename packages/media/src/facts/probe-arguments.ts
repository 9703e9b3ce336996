/**
 * Options that every reader of a source gets, ffprobe and ffmpeg alike: local files only, and the demuxer
 * that the first bytes named. A playlist renamed `.mp4` must never be opened as a playlist. Streams that
 * begin late (TS, MKV with sparse tracks) need a longer look than the defaults allow.
 */
export function inputOptions(demuxer: string): string[] {
  const protection = ['-protocol_whitelist', 'file', '-f', demuxer];
  return [...protection, '-probesize', '50000000', '-analyzeduration', '20000000'];
}

/** ffprobe's argv for `readSourceFacts`. */
export function probeArguments(sourcePath: string, demuxer: string): string[] {
  return [
    '-v',
    'error',
    ...inputOptions(demuxer),
    '-show_format',
    '-show_streams',
    '-of',
    'json',
    sourcePath,
  ];
}
