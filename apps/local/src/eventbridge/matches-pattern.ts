import { isJsonObject, type JsonObject } from '../json-value.ts';

/**
 * Whether an event fits a rule's pattern: each field of the pattern lists the values that it may have. Only exact
 * values, which is all that Fyrestream's rules use.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function matchesPattern(pattern: JsonObject, event: JsonObject): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const value = event[name];
    if (Array.isArray(wanted)) return wanted.includes(value);
    return isJsonObject(wanted) && isJsonObject(value) && matchesPattern(wanted, value);
  });
}
