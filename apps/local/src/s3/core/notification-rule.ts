/** Everything that happens to an object here and that S3 has an event for. */
export type EventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectRemoved:DeleteMarkerCreated';

/** One QueueConfiguration of a bucket. */
export interface NotificationRule {
  readonly id: string;
  readonly queueArn: string;
  /** `s3:ObjectCreated:*` and the like. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

const knownEvents = new Set([
  's3:ObjectCreated:*',
  's3:ObjectCreated:Put',
  's3:ObjectCreated:Copy',
  's3:ObjectCreated:CompleteMultipartUpload',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
  's3:ObjectRemoved:DeleteMarkerCreated',
]);

/** The rules that want to hear of the event; several may, though not for the same queue and event. */
export function matchingRules(
  rules: readonly NotificationRule[],
  event: EventName,
  key: string,
): NotificationRule[] {
  return rules.filter(
    (rule) =>
      key.startsWith(rule.prefix) &&
      key.endsWith(rule.suffix) &&
      rule.events.some((pattern) => covers(pattern, `s3:${event}`)),
  );
}

/** Why S3 would refuse this set of rules; undefined where it is fine. */
export function refuseRules(rules: readonly NotificationRule[]): string | undefined {
  for (const [index, rule] of rules.entries()) {
    const unknown = rule.events.find((event) => !knownEvents.has(event));
    if (unknown !== undefined) return `The event '${unknown}' is not supported for notifications`;
    if (rule.events.length === 0) return 'A notification needs at least one event';
    if (rules.slice(0, index).some((other) => overlaps(other, rule))) {
      return 'Configurations overlap. Configurations on the same bucket cannot share a common event type.';
    }
  }
  return undefined;
}

function covers(pattern: string, event: string): boolean {
  return pattern === event || (pattern.endsWith('*') && event.startsWith(pattern.slice(0, -1)));
}

function overlaps(a: NotificationRule, b: NotificationRule): boolean {
  const sharesEvent = a.events.some((one) =>
    b.events.some((other) => covers(one, other) || covers(other, one)),
  );
  const sharesPrefix = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
  const sharesSuffix = a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix);
  return sharesEvent && sharesPrefix && sharesSuffix;
}
