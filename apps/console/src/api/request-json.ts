import { ProblemError } from './problem-error.ts';

/** @throws ProblemError */
export async function requestJson<Answer>(
  token: string,
  path: string,
  {
    method = 'GET',
    body,
    signal,
  }: { method?: string; body?: unknown; signal?: AbortSignal | undefined } = {},
): Promise<Answer> {
  const response = await fetch(path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((error) => {
    if (signal?.aborted) throw error;
    throw new ProblemError(unreachable, error);
  });
  if (response.ok) return response.status === 204 ? (undefined as Answer) : await response.json();
  throw new ProblemError(await response.json());
}

const unreachable = {
  status: 0,
  code: 'server-unreachable',
  detail: 'The server does not answer: check that the command that printed the address still runs.',
  retryable: true,
};
