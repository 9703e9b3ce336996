import { createHash } from 'node:crypto';
import type { Delivery, ObjectAddress, ObjectFacts, ObjectStore, Precondition } from '@fyrestream/cloud';
import { FyrestreamError } from '@fyrestream/events';
import type { SimulatedProcess, Simulation } from '../simulated-process.ts';

export interface StoredObject extends ObjectFacts {
  /** One character per byte. */
  readonly body: string;
  /** The process that wrote it. */
  readonly writer: string;
}

/** S3: every version of every object, conditional writes. */
export interface SimulatedBuckets {
  put(address: ObjectAddress, body: string, writer: string, precondition?: Precondition): StoredObject;
  /** The newest version. */
  find(address: ObjectAddress): StoredObject | undefined;
  /** The object store as a process sees it. */
  storeFor(process: SimulatedProcess): ObjectStore;
}

export interface BucketWatcher {
  onPut(address: ObjectAddress, object: StoredObject): void;
  onRemove(key: string): void;
}

export function createSimulatedBuckets({ time }: Simulation, watcher: BucketWatcher): SimulatedBuckets {
  const versions = new Map<string, StoredObject[]>();
  const nameOf = ({ bucket, key }: ObjectAddress) => `${bucket}/${key}`;
  const find = (address: ObjectAddress) => {
    const all = versions.get(nameOf(address));
    return address.versionId ? all?.find((object) => object.versionId === address.versionId) : all?.at(-1);
  };
  const mustFind = (address: ObjectAddress) => {
    const object = find(address);
    if (object === undefined) throw s3Error('object-missing', nameOf(address), false);
    return object;
  };
  const put: SimulatedBuckets['put'] = (address, body, writer, precondition) => {
    const standing = find(address);
    if (precondition !== undefined && !isMet(precondition, standing)) {
      throw s3Error('precondition-failed', nameOf(address), true);
    }
    const all = versions.get(nameOf(address)) ?? [];
    const object: StoredObject = {
      body,
      writer,
      sizeBytes: body.length,
      etag: createHash('md5').update(body).digest('hex'),
      versionId: `${nameOf(address)}-${all.length + 1}`,
      // S3 tells it in whole seconds.
      lastModified: new Date(Math.floor(time.now() / 1_000) * 1_000).toISOString(),
    };
    versions.set(nameOf(address), [...all, object]);
    watcher.onPut(address, object);
    return object;
  };
  const list = (bucket: string, prefix: string, { startAfter = '', limit = 1_000 } = {}) =>
    [...versions.keys()]
      .filter((name) => name.startsWith(`${bucket}/${prefix}`) && name > `${bucket}/${startAfter}`)
      .sort()
      .slice(0, limit)
      .map((name) => {
        const { sizeBytes, lastModified } = mustFind({ bucket, key: name.slice(bucket.length + 1) });
        return { key: name.slice(bucket.length + 1), sizeBytes, lastModified };
      });
  const textOf = (body: Uint8Array | string) =>
    typeof body === 'string' ? body : Buffer.from(body).toString('latin1');

  return {
    put,
    find,
    storeFor(process) {
      const effect = <Value>(verb: string, { key }: { key: string }, perform: () => Value) =>
        process.effect(`s3 ${verb} ${key}`, perform);
      return {
        head: (address) => effect('head', address, () => find(address) ?? null),
        readRange: (address, start, end) =>
          effect('read', address, () =>
            Buffer.from(mustFind(address).body, 'latin1').subarray(start, end + 1),
          ),
        readText: (address) => effect('read', address, () => mustFind(address).body),
        download: (address) => effect('download', address, () => void mustFind(address)),
        put: (address, body, _delivery: Delivery, precondition) =>
          effect('put', address, () => put(address, textOf(body), process.name, precondition)),
        upload: (address, path) => effect('put', address, () => put(address, path, process.name)),
        copy: (from, to) => effect('copy', to, () => void put(to, mustFind(from).body, process.name)),
        list: (bucket, prefix, options) =>
          effect('list', { key: prefix }, () => list(bucket, prefix, options)),
        remove: (bucket, keys) =>
          effect('remove', { key: keys[0] ?? '' }, () => {
            for (const key of keys) {
              versions.delete(nameOf({ bucket, key }));
              watcher.onRemove(key);
            }
          }),
      };
    },
  };
}

function isMet(precondition: Precondition, standing: StoredObject | undefined): boolean {
  return 'ifMatch' in precondition ? standing?.etag === precondition.ifMatch : standing === undefined;
}

/** The store's own refusals, as `packages/cloud` types them. */
function s3Error(code: string, name: string, retryable: boolean): FyrestreamError {
  return new FyrestreamError({ code, message: `${name}: ${code}`, retryable });
}
