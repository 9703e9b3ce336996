import { isJsonObject, type JsonObject } from '../json-value.ts';

/**
 * Whether an event matches the pattern of a rule. Each field of the pattern lists its allowed values. Only exact values are
 * supported, because the rules of Fyrestream use nothing else.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function matchesPattern(pattern: JsonObject, event: JsonObject): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const value = event[name];
    if (Array.isArray(wanted)) return wanted.includes(value);
    return isJsonObject(wanted) && isJsonObject(value) && matchesPattern(wanted, value);
  });
}
