/**
 * CPU units (1,024 are one vCPU) and the memory in GiB that Fargate offers with them.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
export const fargateSizes: readonly { cpuUnits: number; memoryGiB: readonly number[] }[] = [
  { cpuUnits: 256, memoryGiB: [0.5, 1, 2] },
  { cpuUnits: 512, memoryGiB: [1, 2, 3, 4] },
  { cpuUnits: 1024, memoryGiB: steps(2, 8, 1) },
  { cpuUnits: 2048, memoryGiB: steps(4, 16, 1) },
  { cpuUnits: 4096, memoryGiB: steps(8, 30, 1) },
  { cpuUnits: 8192, memoryGiB: steps(16, 60, 4) },
  { cpuUnits: 16384, memoryGiB: steps(32, 120, 8) },
];

/** Ephemeral storage that a task can request, in GiB. Tasks that request none get 20 GiB. */
export const fargateStorageGiB = { min: 21, max: 200 };

interface FargateSize {
  cpuUnits: number;
  memoryMiB: number;
  ephemeralStorageGiB: number;
}

/** @returns why Fargate has no task of this size, in one sentence; null if it has one */
export function fargateSizeError({ cpuUnits, memoryMiB, ephemeralStorageGiB }: FargateSize): string | null {
  const memoryGiB = fargateSizes.find((size) => size.cpuUnits === cpuUnits)?.memoryGiB;
  if (!memoryGiB) {
    const choices = fargateSizes.map((size) => size.cpuUnits).join(', ');
    return `Fargate has no ${cpuUnits} CPU units: choose one of ${choices}`;
  }
  if (!memoryGiB.includes(memoryMiB / 1024)) {
    const choices = memoryGiB.map((gibibytes) => gibibytes * 1024).join(', ');
    return `Fargate has no ${memoryMiB} MiB with ${cpuUnits} CPU units: choose one of ${choices}`;
  }
  const { min, max } = fargateStorageGiB;
  if (!Number.isInteger(ephemeralStorageGiB) || ephemeralStorageGiB < min || ephemeralStorageGiB > max) {
    return `Fargate has no ephemeral storage of ${ephemeralStorageGiB} GiB: choose from ${min} to ${max}`;
  }
  return null;
}

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}
