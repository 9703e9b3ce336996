import { type Problem, problemContentType } from './problem-schema.ts';

export function problemResponse(problem: Problem): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': problemContentType,
      'cache-control': 'no-store',
      ...(problem.status === 503 && { 'retry-after': '5' }),
    },
  });
}
