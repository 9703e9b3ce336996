import { fargateSizes, fargateStorageGiB, type TaskSize } from '@fyrestream/events';

/** The facts about a source before a worker inspects it; only its size in bytes is certain. */
export interface SourceEstimate {
  sizeBytes: number;
  durationSeconds?: number | null;
  width?: number | null;
  height?: number | null;
}

const gibibyte = 1024 ** 3;

/** By pixels: CPUs that encode a ladder of five rungs at about real time without being idle. */
const sizesByPixels = [
  { upToPixels: 0, cpuUnits: 1024, memoryGiB: 2 },
  { upToPixels: 640 * 480, cpuUnits: 2048, memoryGiB: 4 },
  { upToPixels: 1920 * 1088, cpuUnits: 4096, memoryGiB: 8 },
  { upToPixels: 4096 * 2304, cpuUnits: 8192, memoryGiB: 16 },
  { upToPixels: Number.POSITIVE_INFINITY, cpuUnits: 16384, memoryGiB: 64 },
] as const;

/**
 * Chooses the task size for a source. Video of unknown size is treated as Full HD. Clips below half a minute get at
 * most four CPUs, as more would not shorten the job. The disk holds the source and all renditions twice (segments and
 * MP4), with a reserve.
 */
export function sizeTask(source: SourceEstimate): TaskSize {
  const isSized = source.width != null && source.height != null;
  const pixels = isSized ? (source.width ?? 0) * (source.height ?? 0) : 1920 * 1080;
  const fitting = sizesByPixels.find((size) => pixels <= size.upToPixels) ?? sizesByPixels[4];
  const isShort = source.durationSeconds != null && source.durationSeconds < 30 && pixels <= 4096 * 2304;
  const { cpuUnits, memoryGiB } =
    isShort && fitting.cpuUnits > 4096 ? { cpuUnits: 4096, memoryGiB: 12 } : fitting;
  return { cpuUnits, memoryMiB: memoryGiB * 1024, ephemeralStorageGiB: storageFor(source) };
}

/** The next larger disk for a job whose disk was full; null if there is none. */
export function withLargerDisk(size: TaskSize): TaskSize | null {
  if (size.ephemeralStorageGiB >= fargateStorageGiB.max) return null;
  return { ...size, ephemeralStorageGiB: Math.min(fargateStorageGiB.max, 2 * size.ephemeralStorageGiB) };
}

/** The next larger task for a job whose memory ran out; null if there is none. */
export function withLargerMemory(size: TaskSize): TaskSize | null {
  const wanted = size.memoryMiB * 2;
  const larger = fargateSizes
    .filter(({ cpuUnits }) => cpuUnits >= size.cpuUnits)
    .flatMap(({ cpuUnits, memoryGiB }) =>
      memoryGiB.map((gibibytes) => ({ ...size, cpuUnits, memoryMiB: gibibytes * 1024 })),
    )
    .filter(({ memoryMiB }) => memoryMiB > size.memoryMiB);
  return larger.find(({ memoryMiB }) => memoryMiB >= wanted) ?? larger.at(-1) ?? null;
}

function storageFor({ sizeBytes, durationSeconds }: SourceEstimate): number {
  // The sum of the default ladder's ceilings, 10.4 Mb/s, and audio; without a duration the size of the source is used.
  const ladderBytes = durationSeconds == null ? sizeBytes : (durationSeconds * 10_800_000) / 8;
  const needed = Math.ceil((sizeBytes + 2 * ladderBytes) / gibibyte) + 10;
  return Math.min(fargateStorageGiB.max, Math.max(fargateStorageGiB.min, needed));
}
