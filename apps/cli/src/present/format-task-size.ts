import type { TaskSize } from '@fyrestream/events';

/** `4 vCPU, 8 GiB`. */
export function formatTaskSize({ cpuUnits, memoryMiB }: TaskSize): string {
  return `${cpuUnits / 1_024} vCPU, ${memoryMiB / 1_024} GiB`;
}
