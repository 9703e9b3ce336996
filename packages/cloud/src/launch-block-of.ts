import type { LaunchBlockCode } from '@fyrestream/events';

/**
 * Reasons that pass by themselves, in the order in which they are looked for: ECS gives them only as text.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/failed-to-start-error.html
 */
const blocks: readonly (readonly [LaunchBlockCode, RegExp])[] = [
  [
    'throttled',
    /\brate exceeded|request limit exceeded|RequestLimitExceeded|throttl|too ?many ?requests|\b429\b/i,
  ],
  ['quota-reached', /vCPU|quota|reached the limit|limit ?exceeded/i],
  ['no-network-interface', /\bENIs?\b|network interface|InsufficientFreeAddresses|^InternalError\b/i],
  ['no-capacity', /capacity is unavailable|RESOURCE:/i],
];

/** A network, a registry or another service that did not answer, from the image pull or the preparation of a task. */
const noAnswer =
  /time(d)?[ -]?out|deadline exceeded|cancell?ed|connection (reset|refused)|connection was closed|no such host|\bEOF\b|TLS handshake|signal: killed|\b50[0234]\b|service unavailable|server misbehaving|internal ?(server ?)?error|RequestError|try again/i;

/** The registry or a role refuses, or there is no such image: this does not pass. */
const refusals =
  /access ?denied|not authorized|unauthori[sz]ed|forbidden|\b40[134]\b|not found|does not exist|no basic auth|manifest (unknown|does not contain)|TagPolicyViolation/i;

/** Why ECS did not start a task now, from its text; null if the text says that a later call has the same result, or nothing. */
export function launchBlockOf(text: string): LaunchBlockCode | null {
  if (refusals.test(text)) return null;
  const known = blocks.find(([, pattern]) => pattern.test(text));
  if (known) return known[0];
  if (!noAnswer.test(text)) return null;
  return /CannotPull|registry auth|\becr\b/i.test(text) ? 'registry-unavailable' : 'fargate-unavailable';
}

/**
 * ECS answers with an invalid parameter when EC2 throttles its own calls: "Error retrieving subnet information for [subnet-1]:
 * Rate exceeded (ErrorCode: Throttling)". A parameter that is wrong has another code.
 * @see https://github.com/dagster-io/dagster/issues/33439
 */
export function isWrappedThrottling(message: string): boolean {
  const code = /\(ErrorCode: (\w+)/.exec(message)?.[1];
  return code === undefined
    ? /\brate exceeded|request limit exceeded/i.test(message)
    : /^(Throttl|Request(Limit|Throttl)|Internal|Service|Unavailable)/.test(code);
}
