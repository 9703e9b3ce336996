/** The events of S3 that this gateway sends. */
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
  /** For example `s3:ObjectCreated:*`. */
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

/** The rules that match the event. */
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

/** Why S3 refuses this set of rules; undefined where it is valid. */
export function findRuleProblem(rules: readonly NotificationRule[]): string | undefined {
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
