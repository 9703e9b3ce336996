import { createHash } from 'node:crypto';
import type {
  ListedObject,
  ObjectAddress,
  ObjectFacts,
  ObjectHeaders,
  ObjectStore,
  Precondition,
} from '@fyrestream/cloud';
import { FyrestreamError } from '@fyrestream/events';
import type { SimulatedProcess } from '../simulated-process.ts';
import type { Simulation } from '../simulation.ts';
import { createSortedMap } from './create-sorted-map.ts';

export interface StoredObject extends ObjectFacts {
  /** One character per byte. */
  readonly body: string;
  /** The process that wrote it. */
  readonly writer: string;
}

/** S3 with versioning and conditional writes. */
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
  const names = createSortedMap<string>();
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
    const current = find(address);
    if (precondition !== undefined && !isMet(precondition, current)) {
      throw s3Error('precondition-failed', nameOf(address), true);
    }
    const all = versions.get(nameOf(address)) ?? [];
    if (all.length === 0) names.set(nameOf(address), nameOf(address));
    const object: StoredObject = {
      body,
      writer,
      sizeBytes: body.length,
      etag: createHash('md5').update(body).digest('hex'),
      versionId: `${nameOf(address)}-${all.length + 1}`,
      // S3 gives it in whole seconds.
      lastModified: new Date(Math.floor(time.now() / 1_000) * 1_000).toISOString(),
      metadata: {},
    };
    versions.set(nameOf(address), [...all, object]);
    watcher.onPut(address, object);
    return object;
  };
  const list = (bucket: string, prefix: string, { startAfter = '', limit = 1_000 } = {}) => {
    const found: ListedObject[] = [];
    const from = nameOf({ bucket, key: startAfter > prefix ? startAfter : prefix });
    for (const name of names.ascending(from)) {
      if (found.length >= limit || !name.startsWith(nameOf({ bucket, key: prefix }))) break;
      const key = name.slice(bucket.length + 1);
      if (key === startAfter) continue;
      const { sizeBytes, lastModified } = mustFind({ bucket, key });
      found.push({ key, sizeBytes, lastModified });
    }
    return found;
  };
  const remove = (address: ObjectAddress) => {
    versions.delete(nameOf(address));
    names.delete(nameOf(address));
    watcher.onRemove(address.key);
  };
  const textOf = (body: Uint8Array | string) =>
    typeof body === 'string' ? body : Buffer.from(body).toString('latin1');

  return {
    put,
    find,
    storeFor(process) {
      const counts = { writes: 0, reads: 0 };
      const call = <Value>(verb: string, { key }: { key: string }, perform: () => Value) => {
        counts[['put', 'copy', 'list'].includes(verb) ? 'writes' : 'reads'] += 1;
        return process.call(`s3 ${verb} ${key}`, perform);
      };
      return {
        requestCounts: () => ({ ...counts }),
        head: (address) => call('head', address, () => find(address) ?? null),
        readRange: (address, start, end) =>
          call('read', address, () => Buffer.from(mustFind(address).body, 'latin1').subarray(start, end + 1)),
        readText: (address) => call('read', address, () => mustFind(address).body),
        download: (address) => call('download', address, () => void mustFind(address)),
        put: (address, body, _headers: ObjectHeaders, precondition) =>
          call('put', address, () => put(address, textOf(body), process.name, precondition)),
        upload: (address, path) => call('put', address, () => put(address, path, process.name)),
        copy: (from, to) => call('copy', to, () => void put(to, mustFind(from).body, process.name)),
        removeUnchanged: (address, etag) =>
          call('remove', address, () => {
            if (mustFind(address).etag !== etag) throw s3Error('precondition-failed', nameOf(address), true);
            remove(address);
          }),
        list: (bucket, prefix, options) => call('list', { key: prefix }, () => list(bucket, prefix, options)),
        remove: (bucket, keys) =>
          call('remove', { key: keys[0] ?? '' }, () => {
            for (const key of keys) remove({ bucket, key });
          }),
      };
    },
  };
}

function isMet(precondition: Precondition, current: StoredObject | undefined): boolean {
  return 'ifMatch' in precondition ? current?.etag === precondition.ifMatch : current === undefined;
}

/** An error as the object store of `packages/cloud` types it. */
function s3Error(code: string, name: string, retryable: boolean): FyrestreamError {
  return new FyrestreamError({ code, message: `${name}: ${code}`, retryable });
}
