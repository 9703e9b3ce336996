const units = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'm', seconds: 60 },
  { name: 's', seconds: 1 },
];

/** The two largest units: `0.4s`, `12s`, `4m 5s`, `2h 3m`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))}s`;
  const whole = Math.round(seconds);
  const first = units.findIndex((unit) => whole >= unit.seconds);
  const parts = units.slice(first, first + 2).map(({ name, seconds: size }, index) => {
    const above = units[first + index - 1]?.seconds;
    const rest = index === 0 || above === undefined ? whole : whole % above;
    return { name, count: Math.floor(rest / size) };
  });
  return parts
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count}${name}`)
    .join(' ');
}

/** A time of a film: `0:05`, `1:02:03`. */
export function formatPosition(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const whole = Math.floor(seconds);
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3_600);
  return hours === 0 ? `${minutes}:${two(whole % 60)}` : `${hours}:${two(minutes)}:${two(whole % 60)}`;
}

/** `just now`, `4m 5s ago`. */
export function formatAge(at: string, now: number): string {
  const seconds = (now - Date.parse(at)) / 1_000;
  if (seconds < 5) return 'just now';
  const [largest = ''] = formatSeconds(Math.round(seconds)).split(' ');
  return `${largest} ago`;
}

const dayAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** In the time zone of the browser: `30 Nov 2026, 08:30:12`. */
export function formatTime(at: string): string {
  return dayAndTime.format(new Date(at));
}

/** `08:30:12` */
export function formatClock(at: string): string {
  return clock.format(new Date(at));
}
