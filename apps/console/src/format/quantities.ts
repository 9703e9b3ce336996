const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'];
const bitUnits = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s'];

/** `1.5 kB`, in steps of a thousand, never rounded up: as the command line shows it. */
export function formatBytes(sizeBytes: number): string {
  return scale(sizeBytes, byteUnits);
}

/** `4.9 Mbit/s`. */
export function formatBitrate(bitrateBitsPerSecond: number): string {
  return scale(bitrateBitsPerSecond, bitUnits);
}

function scale(value: number, units: readonly string[]): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  const tenths = Math.floor(value / (1_000 ** step / 10));
  return `${step === 0 ? Math.round(value) : tenths / 10} ${units[step]}`;
}

/** A share from 0 to 1, never rounded up to 100: `47%`. */
export function formatFraction(fraction: number): string {
  return `${Math.floor(fraction * 100)}%`;
}

/** A speed in seconds of media per second: `1.8×`. */
export function formatSpeed(speed: number): string {
  return `${Number(speed.toPrecision(2))}×`;
}

/** `$0.0042`, `$1.20`: two digits that count. */
export function formatDollars(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars >= 1) return `$${dollars.toFixed(2)}`;
  const digits = Math.min(6, 1 - Math.floor(Math.log10(dollars)));
  return `$${dollars.toFixed(Math.max(2, digits))}`;
}

/** `4 vCPU, 8 GiB`. */
export function formatTaskSize({ cpuUnits, memoryMiB }: { cpuUnits: number; memoryMiB: number }): string {
  return `${cpuUnits / 1_024} vCPU, ${memoryMiB / 1_024} GiB`;
}

/** `1 job`, `3 jobs`. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? singular : plural}`;
}
