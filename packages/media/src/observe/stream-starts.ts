import { frameSizeLimit, inputOptions } from '../facts/input-options.ts';
import type { StreamStart } from '../plan/timeline.ts';

/** Streams that begin later than this after the first packet are not compared. */
const surveyedSeconds = 10;

/** ffprobe's argv: the first packets of all streams, nothing is decoded. */
export function streamStartsArguments(sourcePath: string, demuxer: string, leadingBytes = 0): string[] {
  const report = ['-show_entries', 'packet=stream_index,pts_time,flags', '-of', 'csv=p=0'];
  const extent = ['-read_intervals', `%+${surveyedSeconds}`];
  return [
    '-v',
    'error',
    ...inputOptions(demuxer, leadingBytes),
    ...frameSizeLimit,
    ...extent,
    ...report,
    sourcePath,
  ];
}

/** Reads the CSV of `streamStartsArguments`: when the first frame of each stream is shown or heard, on the source's clock. */
export function readStreamStarts(csv: string): StreamStart[] {
  const starts = new Map<number, number | null>();
  for (const line of csv.split('\n')) {
    const [streamIndex, time, flags = ''] = line.trim().split(',');
    if (!streamIndex || time === undefined || !flags.startsWith('K') || flags.includes('D')) continue;
    const index = Number(streamIndex);
    // A first packet without a time says nothing, and the second one is not the first.
    if (!starts.has(index)) starts.set(index, time === 'N/A' || time === '' ? null : Number(time));
  }
  return [...starts].flatMap(([streamIndex, seconds]) =>
    seconds === null || !Number.isFinite(seconds) ? [] : { streamIndex, seconds },
  );
}
