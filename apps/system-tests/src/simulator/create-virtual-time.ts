/** The time of one schedule: it jumps from one scheduled callback to the next. */
export interface VirtualTime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Schedules a callback. */
  after(milliseconds: number, callback: () => void): void;
  /** Runs the callbacks one at a time, each with all microtasks that follow, until `isOver` or until none is left. */
  run(isOver: () => boolean): Promise<void>;
}

interface ScheduledCallback {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

export function createVirtualTime(startAt: number): VirtualTime {
  const heap: ScheduledCallback[] = [];
  let now = startAt;
  let order = 0;
  return {
    now: () => now,
    after(milliseconds, callback) {
      order += 1;
      push(heap, { at: now + Math.max(0, milliseconds), order, callback });
    },
    async run(isOver) {
      for (let next = pop(heap); next !== undefined; next = pop(heap)) {
        now = next.at;
        next.callback();
        await runMicrotasks();
        if (isOver()) return;
      }
    },
  };
}

/** All microtasks run before the next immediate. */
function runMicrotasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function comesFirst(left: ScheduledCallback, right: ScheduledCallback): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}

function push(heap: ScheduledCallback[], item: ScheduledCallback): void {
  let index = heap.length;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as ScheduledCallback;
    if (comesFirst(above, item)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = item;
}

function pop(heap: ScheduledCallback[]): ScheduledCallback | undefined {
  const first = heap[0];
  const item = heap.pop();
  if (item === undefined || item === first) return first;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (
      child + 1 < heap.length &&
      comesFirst(heap[child + 1] as ScheduledCallback, heap[child] as ScheduledCallback)
    )
      child += 1;
    if (comesFirst(item, heap[child] as ScheduledCallback)) break;
    heap[index] = heap[child] as ScheduledCallback;
    index = child;
  }
  heap[index] = item;
  return first;
}
