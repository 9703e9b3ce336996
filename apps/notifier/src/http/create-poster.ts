import { lookup as resolveName } from 'node:dns';
import { type IncomingMessage, request as requestOverHttp } from 'node:http';
import { request as requestOverHttps } from 'node:https';
import { FyrestreamError, isLoopbackUrl } from '@fyrestream/events';
import { guardLookup, type IsAllowed, type Resolve, requireAllowedHost } from './guard-lookup.ts';

export interface PosterSettings {
  readonly isAllowed: IsAllowed;
  /** From the start of the connection to the end of the answer. */
  readonly timeoutMilliseconds: number;
  readonly resolve?: Resolve;
}

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** @returns the status of the answer */
export type Poster = (post: Post) => Promise<number>;

/** The body of an answer is not used; more than this is not read. */
const maxAnswerBytes = 65_536;

/**
 * Posts to an endpoint, each time over a new connection to an allowed address, without following redirects. What the
 * receiver does is bounded in time and bytes.
 */
export function createPoster({
  isAllowed,
  timeoutMilliseconds,
  resolve = resolveName,
}: PosterSettings): Poster {
  const lookup = guardLookup(resolve, isAllowed);
  return async ({ url: text, headers, body }) => {
    const url = new URL(text);
    requireAllowedHost(url, isAllowed);
    requireEncryption(url);
    const send = url.protocol === 'https:' ? requestOverHttps : requestOverHttp;
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const answer = await new Promise<IncomingMessage>((onAnswer, onError) => {
      send(url, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
          'user-agent': 'Fyrestream-Webhooks/1',
        },
        agent: false,
        lookup,
        signal,
      })
        .once('response', onAnswer)
        .on('error', (error) => onError(toFault(url, error, signal)))
        .end(body);
    });
    await discardBody(answer);
    return answer.statusCode ?? 0;
  };
}

/** The settings of a stack refuse plain http too; a name of this machine is only allowed where its address is. */
function requireEncryption(url: URL): void {
  if (url.protocol === 'https:' || isLoopbackUrl(url)) return;
  throw new FyrestreamError({
    code: 'webhook-not-encrypted',
    message: `Webhooks are sent over https only, not to ${url.origin}.`,
    retryable: true,
  });
}

/** The status has arrived: a body that is long, slow or broken changes nothing. */
async function discardBody(answer: IncomingMessage): Promise<void> {
  let bytes = 0;
  await new Promise<void>((resolve) => {
    answer
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxAnswerBytes) answer.destroy();
      })
      .on('error', () => resolve())
      .once('close', resolve);
  });
}

function toFault(url: URL, error: Error, signal: AbortSignal): FyrestreamError {
  if (error instanceof FyrestreamError) return error;
  const cause = { retryable: true, cause: error };
  return signal.aborted
    ? new FyrestreamError({
        code: 'webhook-timeout',
        message: `${url.host} did not answer in time.`,
        ...cause,
      })
    : new FyrestreamError({
        code: 'webhook-unreachable',
        message: `${url.host} cannot be reached: ${error.message}`,
        ...cause,
      });
}
