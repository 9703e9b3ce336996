import type { ConsumedUnits } from '../services/consumed-units.ts';

/** What a program did when it sent a request: workers, the poller, or the invoker by the kind of its message. */
export type Activity =
  | 'poller'
  | 'upload-received'
  | 'job-due'
  | 'task-stopped'
  | 'sweep-requested'
  | 'worker';

export const measures = [
  ...(['dynamodb reads', 'read units', 'dynamodb writes', 'write units'] as const),
  ...(['s3', 'sqs', 'ecs', 'lambda', 'events'] as const),
] as const;
export type Measure = (typeof measures)[number];

/** Counts of requests and units, by activity and measure. */
export type RequestCounts = ReadonlyMap<Activity, Readonly<Partial<Record<Measure, number>>>>;

/** The most that any single partition of one kind took in one second. */
export interface PartitionPeak {
  /** Such as `by-status queued`, or `table job` for the partitions of all jobs. */
  readonly name: string;
  readonly kind: ConsumedUnits['kind'];
  readonly unitsPerSecond: number;
}

/** Requests to DynamoDB in one minute. */
export interface MinuteLoad {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly peakRequestsPerSecond: number;
}

/** Counts the requests of a simulation as they arrive at the services. */
export interface RequestMeter {
  onCall(caller: string, label: string): void;
  onConsumed(consumed: ConsumedUnits): void;
  counts(): RequestCounts;
  /** DynamoDB requests of each sweep. */
  sweeps(): number[];
  /** Messages that were sent with a delay. */
  delayedMessages(): number;
  /** From the start to the last request. */
  minutes(): MinuteLoad[];
  partitionPeaks(): PartitionPeak[];
}

/** @param now milliseconds since 1970 */
export function createRequestMeter(now: () => number): RequestMeter {
  const startAt = now();
  const counts = new Map<Activity, Partial<Record<Measure, number>>>();
  const sweeps = new Map<string, number>();
  const minutes: { -readonly [Key in keyof MinuteLoad]: number }[] = [];
  const peaks = new Map<string, PartitionPeak>();
  let delayed = 0;
  let activity: Activity = 'worker';
  /** The units of each partition, and the requests, in the current second. */
  let inSecond = new Map<string, ConsumedUnits & { units: number }>();
  let second = -1;
  let requestsInSecond = 0;

  const add = (measure: Measure, amount: number) => {
    const ofActivity = counts.get(activity) ?? {};
    counts.set(activity, ofActivity);
    ofActivity[measure] = (ofActivity[measure] ?? 0) + amount;
  };
  const minute = () => {
    const number = Math.floor((now() - startAt) / 60_000);
    while (minutes.length <= number) {
      minutes.push({ requests: 0, readUnits: 0, writeUnits: 0, peakRequestsPerSecond: 0 });
    }
    return minutes[number] as (typeof minutes)[number];
  };
  const startSecond = () => {
    const current = Math.floor((now() - startAt) / 1_000);
    if (current === second) return;
    for (const { index, partition, kind, units } of inSecond.values()) {
      const name = index === null ? `table ${partition.replace(/#.*/s, '')}` : `${index} ${partition}`;
      const known = peaks.get(`${name} ${kind}`)?.unitsPerSecond ?? 0;
      if (units > known) peaks.set(`${name} ${kind}`, { name, kind, unitsPerSecond: units });
    }
    inSecond = new Map();
    second = current;
    requestsInSecond = 0;
  };

  return {
    onCall(caller, label) {
      activity = activityOf(caller);
      const [service = '', command = ''] = label.split(' ');
      if (label.endsWith(' later')) delayed += 1;
      if (service !== 'dynamodb') {
        if ((measures as readonly string[]).includes(service)) add(service as Measure, 1);
        return;
      }
      add(/^(Get|Query)/.test(command) ? 'dynamodb reads' : 'dynamodb writes', 1);
      if (activity === 'sweep-requested') sweeps.set(caller, (sweeps.get(caller) ?? 0) + 1);
      startSecond();
      requestsInSecond += 1;
      const load = minute();
      load.requests += 1;
      load.peakRequestsPerSecond = Math.max(load.peakRequestsPerSecond, requestsInSecond);
    },
    onConsumed(consumed) {
      const { index, partition, kind, units } = consumed;
      add(kind === 'read' ? 'read units' : 'write units', units);
      const load = minute();
      if (kind === 'read') load.readUnits += units;
      else load.writeUnits += units;
      const name = `${index} ${partition} ${kind}`;
      inSecond.set(name, { ...consumed, units: units + (inSecond.get(name)?.units ?? 0) });
    },
    counts: () => new Map([...counts].map(([name, ofActivity]) => [name, { ...ofActivity }])),
    sweeps: () => [...sweeps.values()],
    delayedMessages: () => delayed,
    minutes: () => minutes,
    partitionPeaks() {
      second = -1;
      startSecond();
      return [...peaks.values()].toSorted((left, right) => right.unitsPerSecond - left.unitsPerSecond);
    },
  };
}

const activities = ['poller', 'upload-received', 'job-due', 'task-stopped', 'sweep-requested'] as const;

/** The name of an invoker contains the kind of its message. */
function activityOf(caller: string): Activity {
  return activities.find((name) => caller.includes(name)) ?? 'worker';
}

/** What was counted between two moments. */
export function difference(after: RequestCounts, before: RequestCounts): RequestCounts {
  return new Map(
    [...after].map(([activity, ofActivity]) => {
      const earlier = before.get(activity) ?? {};
      const changed = Object.entries(ofActivity).map(([name, count]) => [
        name,
        count - (earlier[name as Measure] ?? 0),
      ]);
      return [activity, Object.fromEntries(changed)];
    }),
  );
}

/** @param without an activity that is not counted */
export function sumOf(counts: RequestCounts, measure: Measure, without?: Activity): number {
  let sum = 0;
  for (const [activity, ofActivity] of counts) if (activity !== without) sum += ofActivity[measure] ?? 0;
  return sum;
}
