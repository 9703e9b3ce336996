import type { JobStatus, LeftOut, TaskSize } from '@fyrestream/events';
import { formatDuration } from '@fyrestream/operations';
import prettyBytes from 'pretty-bytes';
import type { Terminal } from '../terminal.ts';
import type { Colour } from '../terminal-text.ts';

/** `1.5 kB`, in steps of a thousand. */
export function formatBytes(sizeBytes: number): string {
  return prettyBytes(sizeBytes, { maximumFractionDigits: 1 });
}

/** `4.9 Mbit/s`. */
export function formatBitrate(bitrateBitsPerSecond: number): string {
  return `${prettyBytes(bitrateBitsPerSecond, { bits: true, maximumFractionDigits: 1 })}/s`;
}

/** Whole seconds, for a time that is still running: `0s`, `12s`, `4m 5s`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return whole === 0 ? '0s' : formatDuration(whole);
}

/** A speed in seconds of media per second: `0.42x`, `1.8x`, `12x`. */
export function formatSpeed(speed: number): string {
  return `${Number(speed.toPrecision(2))}x`;
}

/** `$12.34`; four digits below a dollar: `$0.0123`. */
export function formatDollars(dollars: number): string {
  return `$${dollars.toFixed(dollars >= 1 ? 2 : 4)}`;
}

/** `1 job`, `2 jobs`. */
export function formatCount(count: number, singular: string): string {
  return count === 1 ? `1 ${singular}` : `${count} ${singular}s`;
}

/** A share from 0 to 1, never rounded up to 100: `47%`. */
export function formatFraction(fraction: number): string {
  return `${Math.floor(fraction * 100)}%`;
}

/** The time of a record (ISO 8601) in the time zone of this machine: `2026-11-23 02:05:46 +01:00`, or `… UTC`. */
export function formatTime(at: string): string {
  const time = new Date(at);
  const [year, ...rest] = [
    time.getFullYear(),
    time.getMonth() + 1,
    time.getDate(),
    time.getHours(),
    time.getMinutes(),
    time.getSeconds(),
  ];
  const [month, day, hours, minutes, seconds] = rest.map((part) => String(part).padStart(2, '0'));
  return `${year}-${month}-${day} ${hours}:${minutes}:${seconds} ${formatZone(-time.getTimezoneOffset())}`;
}

/** @param minutes ahead of UTC */
function formatZone(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.abs(minutes) / 60, Math.abs(minutes) % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  );
  return `${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}

/** `4 vCPU, 8 GiB`. */
export function formatTaskSize({ cpuUnits, memoryMiB }: TaskSize): string {
  return `${cpuUnits / 1_024} vCPU, ${memoryMiB / 1_024} GiB`;
}

/** `audio (stream 1): its codec is unknown to ffmpeg` */
export function formatLeftOut({ streamIndex, kind, why }: LeftOut): string {
  return `${kind}${streamIndex === null ? '' : ` (stream ${streamIndex})`}: ${why}`;
}

const statusColours: Record<JobStatus, Colour> = {
  queued: 'dim',
  running: 'cyan',
  succeeded: 'green',
  failed: 'red',
  held: 'yellow',
  cancelled: 'yellow',
};

/** The status in its colour, where the terminal shows colours. */
export function formatStatus(status: JobStatus, terminal: Pick<Terminal, 'colour'>): string {
  return terminal.colour(statusColours[status], status);
}
