import type { SqsBatchResponse, SqsEvent } from '@fyrestream/poller';
import type { ProcessResult } from '../simulated-process.ts';
import type { Simulation } from '../simulation.ts';

const batchSize = 10;
const visibilityTimeoutMilliseconds = 90_000;
const maxReceives = 5;

interface Message {
  readonly messageId: string;
  readonly body: string;
  visibleAt: number;
  receives: number;
}

/** An SQS queue with its dead-letter queue and the event source that calls a function with batches. */
export interface SimulatedQueue {
  send(body: string, delayMilliseconds?: number): void;
  /** Moves every dead letter back, as `StartMessageMoveTask` does. */
  redrive(): void;
  waiting(): string[];
  deadLetters(): string[];
}

/** How the event source reads the queue. */
export interface EventSourceLimits {
  /** Batches that are processed at the same time. */
  readonly maxConcurrency: number;
  /** Whether the oldest messages come first, as in a queue with a backlog; otherwise any. */
  readonly oldestFirst: boolean;
}

export type Consumer = (event: SqsEvent, onEnd: (result: ProcessResult<SqsBatchResponse>) => void) => void;

export function createSimulatedQueue(
  simulation: Simulation,
  name: string,
  consume: Consumer,
  { maxConcurrency, oldestFirst }: EventSourceLimits,
): SimulatedQueue {
  const { time, random, faults, trace } = simulation;
  const messages = new Map<string, Message>();
  let deadLetters: Message[] = [];
  let sent = 0;
  let batches = 0;

  const enqueue = (message: Message, delayMilliseconds: number) => {
    message.visibleAt = time.now() + delayMilliseconds;
    messages.set(message.messageId, message);
    time.after(delayMilliseconds + random.between(1, 300), poll);
  };
  /** SQS delivers at least once: a deleted message may be delivered again. */
  const remove = (message: Message) => {
    messages.delete(message.messageId);
    if (!random.chance(faults.rates.duplicateMessage)) return;
    enqueue({ ...message, receives: 0 }, random.pick([100, 10_000, 300_000]) * random.next());
  };
  const listVisible = () => {
    const visible: Message[] = [];
    for (const message of messages.values()) {
      if (message.visibleAt <= time.now()) visible.push(message);
      if (oldestFirst && visible.length === batchSize) break;
    }
    return visible;
  };
  const poll = () => {
    if (batches >= maxConcurrency) return;
    const visible = listVisible();
    const batch: Message[] = [];
    while (visible.length > 0 && batch.length < batchSize) {
      const [message] = visible.splice(oldestFirst ? 0 : random.between(0, visible.length - 1), 1);
      if (message === undefined) break;
      message.receives += 1;
      if (message.receives > maxReceives) {
        trace(() => `${name} dead letter ${message.body}`);
        messages.delete(message.messageId);
        deadLetters.push(message);
        continue;
      }
      message.visibleAt = time.now() + visibilityTimeoutMilliseconds;
      time.after(visibilityTimeoutMilliseconds + 1, poll);
      batch.push(message);
    }
    if (batch.length === 0) return;
    batches += 1;
    consume({ Records: batch.map(({ messageId, body }) => ({ messageId, body })) }, (result) => {
      batches -= 1;
      if (result.kind === 'returned') {
        const failed = new Set(result.value.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        for (const message of batch) if (!failed.has(message.messageId)) remove(message);
      }
      // Other messages waited for this.
      if (batches === maxConcurrency - 1) poll();
    });
  };

  return {
    send(body, delayMilliseconds = 0) {
      const copies = random.chance(faults.rates.duplicateMessage) ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) {
        sent += 1;
        const late = random.chance(faults.rates.delayMessage)
          ? random.pick([2_000, 60_000, 600_000]) * random.next()
          : 0;
        enqueue({ messageId: `${name}-${sent}`, body, visibleAt: 0, receives: 0 }, delayMilliseconds + late);
      }
    },
    redrive() {
      const moved = deadLetters;
      deadLetters = [];
      for (const message of moved) enqueue({ ...message, receives: 0 }, 0);
    },
    waiting: () => [...messages.values()].map(({ body }) => body),
    deadLetters: () => deadLetters.map(({ body }) => body),
  };
}
