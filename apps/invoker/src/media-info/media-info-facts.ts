/** What the task size depends on; null if the file does not contain it, or contains a value that no video has. */
export interface MediaInfoFacts {
  readonly durationSeconds: number | null;
  readonly width: number | null;
  readonly height: number | null;
}

export const unknownShape: MediaInfoFacts = { durationSeconds: null, width: null, height: null };

/** Values above are not credible. They would also give estimates that DynamoDB cannot store. */
const maxValues = { durationSeconds: 366 * 86_400, frameSide: 65_535 };

/** @param tracks the tracks of MediaInfo's report; the content of an upload decides about all their fields */
export function shapeOf(tracks: readonly object[]): MediaInfoFacts {
  return {
    durationSeconds: atMost(maxValues.durationSeconds, durationOf(tracks)),
    width: atMost(maxValues.frameSide, numbersOf(tracks, 'Video', 'Width')[0]),
    height: atMost(maxValues.frameSide, numbersOf(tracks, 'Video', 'Height')[0]),
  };
}

function atMost(max: number, value: number | undefined): number | null {
  return value !== undefined && value <= max ? value : null;
}

/** The duration of a Matroska file is the end time of its last block; its first block may start at any time, such as the time of day. */
function durationOf(tracks: readonly object[]): number | undefined {
  const [duration] = numbersOf(tracks, 'General', 'Duration');
  if (duration === undefined) return undefined;
  const isMatroska = /^(Matroska|WebM)$/i.test(String(fieldsOf(tracks, 'General', 'Format')[0]));
  const starts = [...numbersOf(tracks, 'Video', 'Delay'), ...numbersOf(tracks, 'Audio', 'Delay')];
  const start = isMatroska ? starts.reduce((least, value) => Math.min(least, value), duration) : 0;
  return duration > start ? duration - start : duration;
}

/** Positive numbers of a field, in the order of the tracks that have it. */
function numbersOf(tracks: readonly object[], type: string, name: string): number[] {
  return fieldsOf(tracks, type, name)
    .map(Number)
    .filter((value) => Number.isFinite(value) && value > 0);
}

function fieldsOf(tracks: readonly object[], type: string, name: string): unknown[] {
  return tracks
    .filter((track) => '@type' in track && track['@type'] === type)
    .map((track) => (track as Record<string, unknown>)[name]);
}
