/** The limits of one process that reads an upload. */
export interface ProcessLimits {
  /** Null: only the time limit of the attempt applies. */
  readonly wallSeconds: number | null;
  /** CPU time of all its threads. */
  readonly cpuSeconds: number;
  /** Private writable memory (RLIMIT_DATA). Address space is no measure: encoders reserve far more than they use. */
  readonly dataBytes: number;
  /** The size of a file that it may write; sockets and pipes do not count. */
  readonly fileBytes: number;
  readonly openFiles: number;
  /** Counted only where the process has a user namespace of its own; elsewhere all processes of the user count. */
  readonly threads: number;
}

/**
 * `header`: the first ffprobe of an upload, which decodes nothing. `inspect`: ffprobe and ffmpeg runs that read an upload before it is planned. `subtitles`: their extraction.
 * `encode`: audio and video of an upload. `finish`: runs that read only files that the worker made.
 */
export type ProcessKind = 'header' | 'inspect' | 'subtitles' | 'encode' | 'finish';

export interface ProcessWork {
  /** The size of the file that is read. */
  readonly sourceBytes?: number;
  /** The pixels of the largest frame that is decoded. */
  readonly framePixels?: number;
  /** The size of the file that an encode writes, if it is expected to. */
  readonly expectedFileBytes?: number;
  /** The number of files that the extraction of subtitles writes. */
  readonly fileCount?: number;
  /** The expected CPU time of an encode. */
  readonly estimatedCpuSeconds?: number;
  /** What earlier inspections of the source left of their CPU time. */
  readonly cpuSecondsLeft?: number;
}

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;

/** The largest scratch disk of Fargate. */
const largestDiskBytes = 200 * gibibyte;
/** The header of a film takes 0.3 s. */
const headerCpuSeconds = 5;
/** The index of two days of audio and video, in a file of 1 GiB, takes 5 s. */
const headerCpuSecondsPerMebibyte = 0.05;
const maxHeaderCpuSeconds = 60;
/** A small file has no honest use for more. Includes 12 s of 4K, the slowest content of small files. */
const minInspectCpuSeconds = 45;
/** The slowest audio codecs and tiny packets need less than 3 s for a mebibyte. */
const cpuSecondsPerMebibyte = 8;
/** The most compressed subtitles of a feature film need 2 s. */
const subtitleCpuSeconds = 60;
/** The estimate is for Fargate's CPUs; a slower CPU, filters and difficult content need less than ten times as much. */
const encodeCpuFactor = 10;
const minEncodeCpuSeconds = 600;
/** Forty tracks of a film have 5 MiB. Blocks that share a header, or are compressed, have far more text than bytes. */
const subtitleBytes = 64 * mebibyte;
const subtitleBytesPerSourceByte = 4;
/** A process that waits, or a machine on which it gets a tenth of a CPU. */
const wallSecondsPerCpuSecond = 10;
const minWallSeconds = 120;
/**
 * ffprobe needs 60 MiB for a film, and 900 MiB for 8K with 10 bits and 6 reference frames, whose size is not known before.
 * With its libraries the process stays below 1 GiB.
 */
const inspectDataBytes = 940 * mebibyte;
/** The index of an honest file needs less than six times its size in memory, and index is a small part of a file. */
const dataBytesPerSourceByte = 2;
/** What ffprobe needs beside the index. */
const indexFreeDataBytes = 256 * mebibyte;
/** 24 reference frames and frames of threads, each in 4:2:0 with 10 bits. */
const dataBytesPerPixel = 24 * 3;
/** A ladder of 8K sources needs 10 GiB; above the memory of the task the kernel ends ffmpeg. */
const encodeDataBytes = 48 * gibibyte;
/** Decoding twelve hours of the largest rendition takes half of it. */
const finishCpuSeconds = 24 * 3_600;
/** Remuxing the largest file on a slow disk takes an hour. */
const finishWallSeconds = 6 * 3_600;
const finishDataBytes = 8 * gibibyte;
/** Ten minutes of prepared audio. */
const minEncodeFileBytes = 128 * mebibyte;
const inspectThreads = 256;
/** Each of twelve encoders starts 1.5 threads for each of 16 CPUs. */
const encodeThreads = 2_048;

/** The only table of limits for ffmpeg and ffprobe. */
export function processLimits(
  kind: ProcessKind,
  {
    sourceBytes = 0,
    framePixels = 0,
    expectedFileBytes = 0,
    fileCount = 1,
    estimatedCpuSeconds = 0,
    cpuSecondsLeft = Number.POSITIVE_INFINITY,
  }: ProcessWork = {},
): ProcessLimits {
  const sourceCpuSeconds = cpuSecondsOf(sourceBytes);
  const sourceDataBytes = Math.min(4 * gibibyte, dataBytesPerSourceByte * sourceBytes);
  // Not their sum: small files, whose index is small, then never get more than the constant part.
  const readerDataBytes = Math.max(inspectDataBytes, indexFreeDataBytes + sourceDataBytes);
  switch (kind) {
    case 'header':
      return {
        ...timesOf(
          Math.min(
            maxHeaderCpuSeconds,
            headerCpuSeconds + Math.ceil((headerCpuSecondsPerMebibyte * sourceBytes) / mebibyte),
          ),
        ),
        dataBytes: readerDataBytes,
        fileBytes: 0,
        openFiles: 64,
        threads: inspectThreads,
      };
    case 'inspect':
      return {
        ...timesOf(Math.min(cpuSecondsLeft, inspectCpuSeconds(sourceBytes))),
        dataBytes: Math.ceil(readerDataBytes + dataBytesPerPixel * framePixels),
        fileBytes: 0,
        openFiles: 64,
        threads: inspectThreads,
      };
    case 'subtitles':
      return {
        ...timesOf(subtitleCpuSeconds + sourceCpuSeconds),
        dataBytes: readerDataBytes,
        // The limit is for one file, and all tracks are extracted at once. No track has more than the constant part.
        fileBytes: Math.min(
          subtitleBytes,
          Math.floor((subtitleBytes + subtitleBytesPerSourceByte * sourceBytes) / Math.max(1, fileCount)),
        ),
        openFiles: 256,
        threads: inspectThreads,
      };
    case 'encode':
      return {
        wallSeconds: null,
        cpuSeconds: minEncodeCpuSeconds + Math.ceil(encodeCpuFactor * estimatedCpuSeconds + sourceCpuSeconds),
        dataBytes: encodeDataBytes,
        fileBytes: Math.min(largestDiskBytes, minEncodeFileBytes + Math.ceil(1.25 * expectedFileBytes)),
        openFiles: 512,
        threads: encodeThreads,
      };
    case 'finish':
      return {
        wallSeconds: finishWallSeconds,
        cpuSeconds: finishCpuSeconds,
        dataBytes: finishDataBytes,
        fileBytes: largestDiskBytes,
        openFiles: 256,
        threads: encodeThreads,
      };
  }
}

/** The CPU time of all inspections of a source together. */
export function inspectCpuSeconds(sourceBytes: number): number {
  return Math.max(minInspectCpuSeconds, cpuSecondsOf(sourceBytes));
}

function cpuSecondsOf(sourceBytes: number): number {
  return Math.ceil((cpuSecondsPerMebibyte * sourceBytes) / mebibyte);
}

function timesOf(cpuSeconds: number): Pick<ProcessLimits, 'cpuSeconds' | 'wallSeconds'> {
  return { cpuSeconds, wallSeconds: minWallSeconds + wallSecondsPerCpuSecond * cpuSeconds };
}
