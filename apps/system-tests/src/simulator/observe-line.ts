import {
  isActive,
  type JobRecord,
  launchesOf,
  lineEntryOf,
  type Priority,
  placesPerLowerPriority,
  priorities,
  tenantOf,
  waitsForPlace,
} from '@fyrestream/events';
import { isLarge, simulatedPriorities } from './draw-crowd.ts';

/** An invoker that has chosen a job launches it within its longest life: who joined the line since then was not passed over. */
const settledMilliseconds = 30_000;
/** A task reports its end within ten seconds, and the next invoker gives its place. */
const maxFreeMilliseconds = 60_000;
/** All jobs that ECS refuses for their size are tried within two sweeps, and then the others of their tenant. */
const maxFreeBehindLargeMilliseconds = 660_000;

/** Two invokers may get a place for the same launch; the order counts both. */
const maxUnusedPlaces = 2;

export interface LineObserver {
  onJob(job: JobRecord): void;
  /** What was unfair, if no fault delayed a launch. */
  findUnfair(maxConcurrentTasks: number): string[];
}

interface Waiting {
  readonly tenant: string;
  readonly priority: Priority;
  readonly since: number;
}

/**
 * Observes who gets the places: no job waits while one is free, unless ECS refuses it for its size; a tenant without work under way is passed over at most once
 * by each other tenant; a lower priority gets a place while a higher one waits only if it was passed over too often, and then
 * it does.
 * @param now in milliseconds
 */
export function observeLine(now: () => number): LineObserver {
  const jobs = new Map<string, JobRecord>();
  const waiting = new Map<string, Waiting>();
  /** Since when each tenant has no work under way; absent while it has some. */
  const restsSince = new Map<string, number>();
  /** The tenants that got places while another one, without work under way, waited: by its name and priority. */
  const passedBy = new Map<string, readonly string[]>();
  const placesSinceServed = new Map<Priority, number>();
  const changes: { readonly at: number; readonly taken: number; readonly waits: boolean }[] = [];
  const unfair: string[] = [];
  const isSettled = (since = now()) => since < now() - settledMilliseconds;

  const checkPriority = (key: string, priority: Priority, settled: readonly Waiting[]) => {
    const rank = (of: Priority) => priorities.indexOf(of);
    const isDue = (placesSinceServed.get(priority) ?? 0) >= placesPerLowerPriority - 1 - maxUnusedPlaces;
    const higher = settled.find((other) => rank(other.priority) < rank(priority));
    if (higher !== undefined && !isDue) {
      unfair.push(`${key} (${priority}) got a place while a job of priority ${higher.priority} waited`);
    }
    for (const other of priorities) {
      const places = other === priority ? 0 : (placesSinceServed.get(other) ?? 0) + 1;
      placesSinceServed.set(other, places);
      // Both lower priorities may be due at the same time.
      if (places > placesPerLowerPriority + 1 && settled.some((each) => each.priority === other)) {
        unfair.push(`priority ${other} waits, and ${places} other jobs got places`);
      }
    }
  };
  const checkTenant = (tenant: string, priority: Priority, settled: readonly Waiting[]) => {
    for (const each of priorities) passedBy.delete(`${tenant} ${each}`);
    const passed = settled.filter(
      (other) => other.priority === priority && isSettled(restsSince.get(other.tenant)),
    );
    for (const name of new Set(passed.map((other) => other.tenant))) {
      const by = [...(passedBy.get(`${name} ${priority}`) ?? []), tenant];
      passedBy.set(`${name} ${priority}`, by);
      if (new Set(by).size < by.length)
        unfair.push(`${name} waits without work under way, and ${by} got places`);
    }
  };

  return {
    onJob(job) {
      const { tenant, priority } = lineEntryOf(job, simulatedPriorities);
      const before = jobs.get(job.jobId);
      jobs.set(job.jobId, job);
      // ECS refuses it whoever else waits.
      const isRefused = isLarge(job.upload.key);
      if (!waitsForPlace(job)) waiting.delete(job.jobId);
      else if (!waiting.has(job.jobId) && !isRefused)
        waiting.set(job.jobId, { tenant, priority, since: now() });
      if (job.launch !== null && before?.launch?.attempt !== job.launch.attempt && !isRefused) {
        const settled = [...waiting.values()].filter(({ since }) => isSettled(since));
        checkPriority(job.upload.key, priority, settled);
        checkTenant(tenant, priority, settled);
      }
      const places = [...jobs.values()].map((each) => ({
        tenant: tenantOf(each.upload.key),
        taken: isActive(each) ? launchesOf(each).length : 0,
      }));
      const isBusy = places.some((each) => each.tenant === tenant && each.taken > 0);
      if (isBusy) restsSince.delete(tenant);
      else if (!restsSince.has(tenant)) restsSince.set(tenant, now());
      changes.push({
        ...{ at: now(), waits: waiting.size > 0 },
        taken: places.reduce((sum, each) => sum + each.taken, 0),
      });
    },
    findUnfair(maxConcurrentTasks) {
      const hasLarge = [...jobs.values()].some(({ upload }) => isLarge(upload.key));
      const maxFree = hasLarge ? maxFreeBehindLargeMilliseconds : maxFreeMilliseconds;
      // Until large jobs were tried, others take places that are due to those behind them.
      const found = hasLarge ? [] : unfair;
      let freeSince: number | null = null;
      for (const { at, taken, waits } of changes) {
        if (freeSince !== null && at - freeSince > maxFree) {
          const seconds = Math.round((at - freeSince) / 1_000);
          return [...found, `jobs wait while a place is free for ${seconds} s`];
        }
        freeSince = waits && taken < maxConcurrentTasks ? (freeSince ?? at) : null;
      }
      return found;
    },
  };
}
