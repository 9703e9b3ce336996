import { maxClockDifferenceMinutes } from '@fyrestream/events';

/** Whether the last write is longer ago than these minutes, or was recorded by a clock that was wrong. */
export function isSilent(since: string, minutes: number, now: string): boolean {
  const silence = (Date.parse(now) - Date.parse(since)) / 60_000;
  return silence > minutes || silence < -maxClockDifferenceMinutes;
}
