import { type Problem, problemContentType } from './problem-schema.ts';

/** Seconds after which the same request may succeed. A wrong clock or wrong credentials do not pass by waiting. */
const waitSeconds: Readonly<Record<string, number>> = {
  'service-throttled': 5,
  'service-unavailable': 5,
  'ledger-contention': 1,
};

/** @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
export function problemResponse(problem: Problem): Response {
  const seconds = waitSeconds[problem.code];
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': problemContentType,
      'cache-control': 'no-store',
      ...(seconds !== undefined && { 'retry-after': String(seconds) }),
    },
  });
}
