import { fargateSizes, fargateStorageGiB, type TaskSize } from '@fyrestream/events';
import { encodeMemoryMebibytesPerMegapixel } from './encode-speeds.ts';
import { type EncodeWork, megapixelsOf } from './encode-work.ts';
import { estimateCpuSeconds } from './estimate-cpu.ts';

const gibibyte = 1024 ** 3;

/** With fewer, a task takes longer than the video plays. Half more than that are rarely all busy. */
const cpusPerBusyCpu = 0.7;
/** A clip of some seconds does not become faster with more CPUs: tasks take a minute to start. */
const shortSeconds = 30;
const maxCpuUnitsOfShortClips = 4096;
/** Whole vCPUs: with less, any video is too slow. */
const cpuUnits = [1024, 2048, 4096, 8192, 16_384] as const;

/** Node, its buffers, the local files that the kernel caches. */
const baseMebibytes = 2048;
/** 24 reference frames and the frames of its threads, in 4:2:0 with 10 bits. */
const decodeMebibytesPerMegapixel = 300;
/** The measured memory is that of two CPUs: encoders keep more frames for more threads. */
const threadFactor = 1.5;

/**
 * Chooses the task size for a job: CPUs that encode it at about real time without being idle, memory for the decoder and all
 * encoders, and a disk that holds the source and all renditions twice (segments and MP4), with a reserve.
 */
export function sizeTask(work: EncodeWork): TaskSize {
  const memoryGiB = Math.ceil(memoryMebibytes(work) / 1024);
  const fitting = cpuUnits.flatMap((units) => {
    const choices = fargateSizes.find((size) => size.cpuUnits === units)?.memoryGiB ?? [];
    const memory = choices.find((choice) => choice >= memoryGiB);
    return memory === undefined ? [] : [{ cpuUnits: units, memoryMiB: memory * 1024 }];
  });
  const wanted = wantedCpuUnits(work);
  const size = fitting.find((one) => one.cpuUnits >= wanted) ?? fitting.at(-1) ?? largestSize;
  return { ...size, ephemeralStorageGiB: storageFor(work) };
}

const largestSize = { cpuUnits: 16_384, memoryMiB: 120 * 1024 };

/** The next larger disk for a job whose disk was full; null if there is none. */
export function withLargerDisk(size: TaskSize): TaskSize | null {
  if (size.ephemeralStorageGiB >= fargateStorageGiB.max) return null;
  return { ...size, ephemeralStorageGiB: Math.min(fargateStorageGiB.max, 2 * size.ephemeralStorageGiB) };
}

/** The next larger task for a job whose memory ran out; null if there is none. */
export function withLargerMemory(size: TaskSize): TaskSize | null {
  const wanted = size.memoryMiB * 2;
  const larger = fargateSizes
    .filter((one) => one.cpuUnits >= size.cpuUnits)
    .flatMap((one) =>
      one.memoryGiB.map((gibibytes) => ({ ...size, cpuUnits: one.cpuUnits, memoryMiB: gibibytes * 1024 })),
    )
    .filter(({ memoryMiB }) => memoryMiB > size.memoryMiB);
  return larger.find(({ memoryMiB }) => memoryMiB >= wanted) ?? larger.at(-1) ?? null;
}

function wantedCpuUnits(work: EncodeWork): number {
  if (work.durationSeconds <= 0) return 0;
  const wanted = (estimateCpuSeconds(work) / work.durationSeconds) * cpusPerBusyCpu * 1024;
  return work.durationSeconds < shortSeconds ? Math.min(maxCpuUnitsOfShortClips, wanted) : wanted;
}

function memoryMebibytes({ sourceSize, renditions }: EncodeWork): number {
  const decoding = sourceSize === null ? 0 : megapixelsOf(sourceSize) * decodeMebibytesPerMegapixel;
  const encoding = renditions.reduce(
    (sum, rendition) => sum + megapixelsOf(rendition) * encodeMemoryMebibytesPerMegapixel[rendition.codec],
    0,
  );
  return baseMebibytes + decoding + threadFactor * encoding;
}

function storageFor({ sizeBytes, outputBytes }: EncodeWork): number {
  const needed = Math.ceil((sizeBytes + 2 * outputBytes) / gibibyte) + 10;
  return Math.min(fargateStorageGiB.max, Math.max(fargateStorageGiB.min, needed));
}
