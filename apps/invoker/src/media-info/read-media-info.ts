import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type MediaInfoFacts, unknownShape } from './media-info-facts.ts';
import type { ThreadInput, ThreadMessage } from './thread-messages.ts';

/** @param readRange bytes from..to, both included */
export type MediaReader = (
  sizeBytes: number,
  readRange: (from: number, to: number) => Promise<Uint8Array>,
) => Promise<MediaInfoFacts>;

export interface MediaReaderLimits {
  readonly timeoutMilliseconds: number;
  /** Of the thread. A busy machine does not use it up. */
  readonly maxCpuMilliseconds: number;
  /** A file that needs more reads is left to the worker. */
  readonly maxReads: number;
  readonly chunkSizeBytes: number;
  /** Of WebAssembly; the thread may use as much again for JavaScript. */
  readonly maxMemoryBytes: number;
}

/** Three times what complex files need: 0.35 seconds of CPU time and 20 reads. The function has a third of a CPU. */
const defaultLimits: MediaReaderLimits = {
  timeoutMilliseconds: 8_000,
  maxCpuMilliseconds: 1_000,
  maxReads: 60,
  chunkSizeBytes: 64 * 1024,
  maxMemoryBytes: 128 * 2 ** 20,
};

const cpuCheckMilliseconds = 100;
const mebibyte = 2 ** 20;

/**
 * Reads duration and frame size of a media file with MediaInfo, by ranged reads, in a thread of its own that is ended
 * afterwards. Whatever the bytes do to the thread, the result is an unknown shape.
 * @param onFault receives why the thread ended without a result
 * @throws what `readRange` throws
 */
export function createMediaReader(
  onFault: (fault: unknown) => void,
  limits: Partial<MediaReaderLimits> = {},
): MediaReader {
  const { timeoutMilliseconds, maxCpuMilliseconds, maxReads, chunkSizeBytes, maxMemoryBytes } = {
    ...defaultLimits,
    ...limits,
  };
  return async function readMediaInfo(sizeBytes, readRange) {
    const thread = new Worker(threadFile(), {
      workerData: { sizeBytes, chunkSizeBytes, maxMemoryBytes } satisfies ThreadInput,
      // Without credentials.
      env: {},
      resourceLimits: {
        maxOldGenerationSizeMb: Math.ceil(maxMemoryBytes / mebibyte),
        maxYoungGenerationSizeMb: 16,
      },
    });
    const { promise, resolve, reject } = Promise.withResolvers<MediaInfoFacts>();
    let isSettled = false;
    const settle = (how: () => void) => {
      if (!isSettled) how();
      isSettled = true;
    };
    const giveUp = (fault: unknown) =>
      settle(() => {
        onFault(fault);
        resolve(unknownShape);
      });
    const timer = setTimeout(() => giveUp('timeout'), timeoutMilliseconds);
    const cpuTimer = setInterval(() => {
      thread.cpuUsage().then(
        ({ user, system }) => {
          if ((user + system) / 1_000 > maxCpuMilliseconds) giveUp('cpu time');
        },
        // The thread has ended.
        () => {},
      );
    }, cpuCheckMilliseconds);
    let reads = 0;
    thread.on('message', async (message: ThreadMessage) => {
      if (message.kind === 'shape') return settle(() => resolve(message.shape));
      reads += 1;
      if (reads > maxReads) return thread.postMessage(new Uint8Array());
      try {
        thread.postMessage(await readRange(message.from, message.to));
      } catch (error) {
        settle(() => reject(error));
      }
    });
    thread.on('error', giveUp);
    thread.on('exit', (code) => giveUp(`exit ${code}`));
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      clearInterval(cpuTimer);
      await thread.terminate();
    }
  };
}

/** Beside the bundle, or in the sources. */
function threadFile(): URL {
  const bundled = new URL('./media-info-thread.mjs', import.meta.url);
  return existsSync(bundled) ? bundled : new URL('./media-info-thread.ts', import.meta.url);
}
