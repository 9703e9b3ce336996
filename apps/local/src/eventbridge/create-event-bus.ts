import type { JsonObject } from '../json-value.ts';
import { type BusEvent, type EventEnvelope, toEnvelope } from './bus-event.ts';
import { matchesPattern } from './matches-pattern.ts';

export interface EventRule {
  readonly pattern: JsonObject;
  readonly target: (event: EventEnvelope) => Promise<void>;
}

export interface EventBus {
  /** Sends the event to the targets of all matching rules. Returns the event id when all targets have received it. */
  readonly publish: (event: BusEvent) => Promise<string>;
}

export function createEventBus(rules: readonly EventRule[]): EventBus {
  return {
    publish: async (event) => {
      const envelope = toEnvelope(event);
      await Promise.all(
        rules
          .filter((rule) => matchesPattern(rule.pattern, { ...envelope }))
          .map((rule) => rule.target(envelope)),
      );
      return envelope.id;
    },
  };
}
