import { setTimeout as sleep } from 'node:timers/promises';
import { stableKey } from '@fyrestream/events';
import type { CloudClients } from '../connect-to-cloud.ts';
import type { PublicationSighting } from '../violations/observations.ts';
import { readOutputVersion } from '../violations/output-version.ts';

export interface PublicationWatcher {
  /** Adds a key to those that are watched. */
  readonly watch: (key: string) => void;
  /** @returns each change of each master playlist, in order */
  readonly stop: () => Promise<PublicationSighting[]>;
}

/** Slow enough to leave the processor to the pipeline. */
const pollMilliseconds = 50;
const fileName = 'master.m3u8';

/** Opens the published master playlists again and again and records which version each names. */
export function watchPublishedVersions({ store, outputBucket }: CloudClients): PublicationWatcher {
  const keys = new Set<string>();
  const sightings: PublicationSighting[] = [];
  const lastSeen = new Map<string, string>();
  let isStopped = false;

  const view = async (key: string) => {
    // A failed read means that nothing is published yet or that the cloud is down.
    const text = await store
      .readText({ bucket: outputBucket, key: stableKey(key, fileName) })
      .catch(() => '');
    const named = readOutputVersion(text);
    if (named === null || lastSeen.get(key) === JSON.stringify(named)) return;
    lastSeen.set(key, JSON.stringify(named));
    sightings.push({ key, fileName, ...named });
  };
  const watching = (async () => {
    while (!isStopped) {
      for (const key of keys) {
        if (isStopped) return;
        await view(key);
        await sleep(pollMilliseconds);
      }
      await sleep(pollMilliseconds);
    }
  })();
  return {
    watch: (key) => keys.add(key),
    stop: async () => {
      isStopped = true;
      await watching;
      return sightings;
    },
  };
}
