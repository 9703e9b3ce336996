const units = ['kB', 'MB', 'GB', 'TB'];

/** A size for a person, in steps of a thousand: `512 B`, `1.5 kB`, `84 MB`. */
export function formatBytes(sizeBytes: number): string {
  return inThousands(sizeBytes, 'B', units);
}

/** `4.9 Mbit/s`. */
export function formatBitrate(bitrateBitsPerSecond: number): string {
  return inThousands(bitrateBitsPerSecond, 'bit/s', ['kbit/s', 'Mbit/s', 'Gbit/s']);
}

function inThousands(amount: number, min: string, larger: readonly string[]): string {
  let rest = amount;
  let unit = min;
  for (const next of larger) {
    // 999.5 and more would be printed as 1000.
    if (rest < 999.5) break;
    rest /= 1_000;
    unit = next;
  }
  return `${unit === min || rest >= 9.95 ? Math.round(rest) : rest.toFixed(1)} ${unit}`;
}
