// The thread in which MediaInfo parses an upload. MediaInfo is C++ in WebAssembly: on some bytes it throws, loops without end
// or takes all memory. `read-media-info.ts` therefore ends this thread after a limit of time, memory or reads.
import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import mediaInfoFactory from 'mediainfo.js';
import { shapeOf } from './media-info-facts.ts';
import type { ThreadInput, ThreadMessage } from './thread-messages.ts';

const { sizeBytes, chunkSizeBytes, maxMemoryBytes } = workerData as ThreadInput;

// Of this thread only: Linux keeps a priority per thread. What the other threads do for other jobs comes first; the lowest priority
// would let an inspection wait for minutes beside encoders.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
limitMemory(maxMemoryBytes);
const reader = await mediaInfoFactory({
  format: 'object',
  chunkSize: chunkSizeBytes,
  locateFile: locateModule,
});
const result = await reader.analyzeData(sizeBytes, readChunk);
// The reader is not closed: `close` throws after some faults, and the memory is released with the thread.
post({ kind: 'shape', shape: shapeOf(result?.media?.track ?? []) });
parentPort?.close();

function readChunk(wantedBytes: number, offset: number): Promise<Uint8Array> | Uint8Array {
  if (wantedBytes <= 0 || offset >= sizeBytes) return new Uint8Array();
  return new Promise((resolve) => {
    parentPort?.once('message', resolve);
    post({ kind: 'read', from: offset, to: Math.min(sizeBytes, offset + wantedBytes) - 1 });
  });
}

function post(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

/** The limits of a worker thread do not include WebAssembly memory. Emscripten grows it by this function only. */
function limitMemory(maxBytes: number): void {
  const pageBytes = 65_536;
  const { prototype } = (globalThis as unknown as WithWebAssembly).WebAssembly.Memory;
  const { grow } = prototype;
  prototype.grow = function growWithinLimit(pages) {
    if (this.buffer.byteLength + pages * pageBytes > maxBytes) throw new RangeError('memory limit');
    return grow.call(this, pages);
  };
}

/** The types of Node do not declare it. */
interface WithWebAssembly {
  readonly WebAssembly: { readonly Memory: { readonly prototype: WebAssemblyMemory } };
}
interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
  grow(this: WebAssemblyMemory, pages: number): number;
}

/** The WebAssembly module is beside the bundle; when run from source it is in its package. */
function locateModule(fileName: string): string {
  const besideBundle = fileURLToPath(new URL(fileName, import.meta.url));
  return existsSync(besideBundle)
    ? besideBundle
    : fileURLToPath(import.meta.resolve(`mediainfo.js/${fileName}`));
}
