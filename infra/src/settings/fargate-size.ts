/** A task as Fargate takes it. */
export interface FargateSize {
  /** 1,024 units are one vCPU. */
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  readonly ephemeralStorageGiB: number;
}

/**
 * CPU units and the memory, in GiB, that may go with them: from, to, step.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
const memoryGiBByCpuUnits: Readonly<Record<number, readonly [from: number, to: number, step: number]>> = {
  1024: [2, 8, 1],
  2048: [4, 16, 1],
  4096: [8, 30, 1],
  8192: [16, 60, 4],
  16384: [32, 120, 8],
};

/** 20 GiB come by themselves, so what is asked for begins above. */
const storageGiB = { min: 21, max: 200 };

/** What is wrong with a size of which Fargate has no such task; null for one that exists. One vCPU is the least that makes sense here. */
export function whyNoFargateSize(size: FargateSize): string | null {
  const memory = memoryGiBByCpuUnits[size.cpuUnits];
  if (memory === undefined) {
    return `Fargate has no ${size.cpuUnits} CPU units: choose among ${Object.keys(memoryGiBByCpuUnits).join(', ')}`;
  }
  const [from, to, step] = memory;
  const wanted = size.memoryMiB / 1024;
  if (wanted < from || wanted > to || (wanted - from) % step !== 0) {
    return `Fargate has no ${size.memoryMiB} MiB with ${size.cpuUnits} CPU units: choose from ${from * 1024} to ${to * 1024} in steps of ${step * 1024}`;
  }
  const { min, max } = storageGiB;
  if (size.ephemeralStorageGiB < min || size.ephemeralStorageGiB > max) {
    return `Fargate has no ephemeral storage of ${size.ephemeralStorageGiB} GiB: choose from ${min} to ${max}`;
  }
  return null;
}
