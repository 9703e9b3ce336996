import { InvalidArgumentError } from 'commander';

const unitSeconds = { m: 60, h: 3_600, d: 86_400 } as const;

/**
 * Reads a time: a date or time of ISO 8601, or how long ago: `30m`, `24h`, `7d`.
 * @param now in milliseconds since 1970
 * @returns ISO 8601 in UTC
 * @throws InvalidArgumentError
 */
export function parseSince(text: string, now = Date.now()): string {
  const [, amount, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined)
    return new Date(
      now - Number(amount) * unitSeconds[unit as keyof typeof unitSeconds] * 1_000,
    ).toISOString();
  const time = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time))
    throw new InvalidArgumentError(
      'It must be a date (2026-11-30), a time (2026-11-30T10:00Z), or 30m, 24h, 7d.',
    );
  return new Date(time).toISOString();
}
