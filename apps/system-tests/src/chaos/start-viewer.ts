import { setTimeout as sleep } from 'node:timers/promises';
import { stableKey } from '@fyrestream/events';
import type { CloudClients } from '../connect-to-cloud.ts';
import { versionNamedIn } from './collect-observations.ts';
import type { ViewerObservation } from './observations.ts';

export interface Viewer {
  /** Adds a key to those that are watched. */
  readonly watch: (key: string) => void;
  /** @returns what was seen, each change of each key in order */
  readonly stop: () => Promise<ViewerObservation[]>;
}

/** Slow enough to leave the machine to those who work. */
const betweenLooksMilliseconds = 50;

/** Opens what is published again and again, as a viewer does, and notes which version it was. */
export function startViewer({ store, outputBucket }: CloudClients): Viewer {
  const keys = new Set<string>();
  const sightings: ViewerObservation[] = [];
  const last = new Map<string, string>();
  let stopped = false;

  const look = async (key: string) => {
    const master = { bucket: outputBucket, key: stableKey(key, 'master.m3u8') };
    // Not published yet, or the cloud is away: nothing to see.
    const text = await store.readText(master).catch(() => '');
    const named = versionNamedIn(text);
    if (named === 'nothing' || last.get(key) === JSON.stringify(named)) return;
    last.set(key, JSON.stringify(named));
    sightings.push({ key, ...named });
  };
  const watching = (async () => {
    while (!stopped) {
      for (const key of keys) {
        if (stopped) return;
        await look(key);
        await sleep(betweenLooksMilliseconds);
      }
      await sleep(betweenLooksMilliseconds);
    }
  })();
  return {
    watch: (key) => keys.add(key),
    stop: async () => {
      stopped = true;
      await watching;
      return sightings;
    },
  };
}
