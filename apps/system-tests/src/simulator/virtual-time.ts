/** The time of one schedule: it stands still until the next thing that was put down for it happens. */
export interface VirtualTime {
  /** Milliseconds since 1970. */
  now(): number;
  after(milliseconds: number, happen: () => void): void;
  /** Lets things happen, one at a time, until `isOver` or until nothing is left; each to the end of what follows from it. */
  run(isOver: () => boolean): Promise<void>;
}

interface Happening {
  readonly at: number;
  readonly order: number;
  readonly happen: () => void;
}

export function createVirtualTime(startAt: number): VirtualTime {
  const heap: Happening[] = [];
  let now = startAt;
  let order = 0;
  return {
    now: () => now,
    after(milliseconds, happen) {
      order += 1;
      push(heap, { at: now + Math.max(0, milliseconds), order, happen });
    },
    async run(isOver) {
      for (let next = pop(heap); next !== undefined; next = pop(heap)) {
        now = next.at;
        next.happen();
        await settled();
        if (isOver()) return;
      }
    },
  };
}

/** Every microtask runs before the next immediate: all code that could go on has gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function comesFirst(left: Happening, right: Happening): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}

function push(heap: Happening[], item: Happening): void {
  let index = heap.length;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as Happening;
    if (comesFirst(above, item)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = item;
}

function pop(heap: Happening[]): Happening | undefined {
  const first = heap[0];
  const item = heap.pop();
  if (item === undefined || item === first) return first;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && comesFirst(heap[child + 1] as Happening, heap[child] as Happening))
      child += 1;
    if (comesFirst(item, heap[child] as Happening)) break;
    heap[index] = heap[child] as Happening;
    index = child;
  }
  heap[index] = item;
  return first;
}
