// `node streaming-process.ts [tuned]`: downloads 500 MB with a heap of the worker's size. Prints how often all of it was collected.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

if (process.argv.includes('tuned')) await import('../src/tune-garbage-collection.ts');

const heap = Array.from({ length: 150_000 }, (_, index) => ({ index, text: `object ${index}` }));
let collections = 0;
const observer = new PerformanceObserver((list) => {
  const entries = list.getEntries() as (PerformanceEntry & { detail: { kind: number } })[];
  collections += entries.filter(({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR).length;
});
observer.observe({ entryTypes: ['gc'] });

const piece = Buffer.alloc(64 * 1024);
const server = createServer((_request, response) => {
  Readable.from(Array.from({ length: 8_000 }, () => piece)).pipe(response);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
const [response]: IncomingMessage[] = await once(get({ port, host: '127.0.0.1', agent: false }), 'response');
await pipeline(response ?? [], createWriteStream('/dev/null'));
server.close();
// The observer is called some time after a collection.
await sleep(100);
process.stdout.write(`${heap.length > 0 ? collections : 0}`);
