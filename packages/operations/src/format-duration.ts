import prettyMilliseconds from 'pretty-ms';

/** The two largest units: `400ms`, `12.3s`, `4m 5s`, `2h 3m`. */
export function formatDuration(seconds: number): string {
  return prettyMilliseconds(seconds * 1_000, { unitCount: 2 });
}
