/** Between two times of a record (ISO 8601), never negative: two clocks may have written them. Null where one is missing. */
export function secondsBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1_000);
}
