import type { OpenAPIHono } from '@hono/zod-openapi';
import manifest from '../package.json' with { type: 'json' };
import { createRouter } from './create-router.ts';
import { addInterveneInJob } from './interventions/intervene-in-job.ts';
import { addInterveneInJobs } from './interventions/intervene-in-jobs.ts';
import { addListJobs } from './jobs/list-jobs.ts';
import { addListLogLines } from './jobs/list-log-lines.ts';
import { addListSteps } from './jobs/list-steps.ts';
import { addShowJob } from './jobs/show-job.ts';
import { addShowPlan } from './jobs/show-plan.ts';
import { addStreamEvents } from './jobs/stream-events.ts';
import { addStreamJobEvents } from './jobs/stream-job-events.ts';
import { limitBody } from './limit-body.ts';
import { problemOf } from './problems/problem-of.ts';
import { problemResponse } from './problems/problem-response.ts';
import { routeNotFound } from './problems/route-not-found.ts';
import { addCreateQuote } from './quotes/create-quote.ts';
import type { ApiServices } from './services.ts';
import { addCheckHealth } from './stack/check-health.ts';
import { addListCosts } from './stack/list-costs.ts';
import { addListDeadLetters } from './stack/list-dead-letters.ts';
import { addListWebhooks } from './stack/list-webhooks.ts';
import { addRedriveDeadLetters } from './stack/redrive-dead-letters.ts';
import { addShowQueue } from './stack/show-queue.ts';
import { addShowStack } from './stack/show-stack.ts';
import { addAbortUpload } from './uploads/abort-upload.ts';
import { addCompleteUpload } from './uploads/complete-upload.ts';
import { addCreateUpload } from './uploads/create-upload.ts';
import { addListParts } from './uploads/list-parts.ts';
import { addSignParts } from './uploads/sign-parts.ts';
import { addShowVideo } from './videos/show-video.ts';

/** Parts of uploads go to S3: the largest body is a list of job ids. */
const maxBodyBytes = 256 * 1024;

/** All routes, described as OpenAPI 3.1 at `/v1/openapi.json`. Problems are answered as RFC 9457 describes. */
export function createApi(services: ApiServices): OpenAPIHono {
  const router = createRouter();
  router.use('/v1/*', limitBody(maxBodyBytes));
  router.use('/v1/*', async (context, next) => {
    await next();
    if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store');
  });
  addCreateUpload(router, services);
  addSignParts(router, services);
  addListParts(router, services);
  addCompleteUpload(router, services);
  addAbortUpload(router, services);
  addCreateQuote(router, services);
  addListJobs(router, services);
  addShowJob(router, services);
  addListSteps(router, services);
  addShowPlan(router, services);
  addListLogLines(router, services);
  addStreamJobEvents(router, services);
  addInterveneInJob(router, services);
  addInterveneInJobs(router, services);
  addStreamEvents(router, services);
  addShowVideo(router, services);
  addShowStack(router, services);
  addCheckHealth(router, services);
  addShowQueue(router, services);
  addListCosts(router, services);
  addListWebhooks(router, services);
  addListDeadLetters(router, services);
  addRedriveDeadLetters(router, services);
  router.openAPIRegistry.registerComponent('securitySchemes', 'token', tokenScheme);
  router.doc31('/v1/openapi.json', documentHead);
  router.notFound(routeNotFound);
  router.onError((error) => {
    const problem = problemOf(error);
    if (problem.status >= 500) services.logFailure(error);
    return problemResponse(problem);
  });
  return router;
}

/** The document alone, as text: no route is called, so there are no services. */
export function describeApi(): string {
  const router = createApi({} as ApiServices);
  return `${JSON.stringify(router.getOpenAPI31Document(documentHead), null, 2)}\n`;
}

const documentHead = {
  openapi: '3.1.0',
  info: {
    title: 'Fyrestream',
    version: manifest.version,
    description: 'Uploads, jobs and published videos of one stack.',
    license: { name: 'Apache-2.0' },
  },
  security: [{ token: [] }],
};

const tokenScheme = {
  type: 'http',
  scheme: 'bearer',
  description:
    'On this machine: the token that the command prints. On AWS requests are signed with Signature Version 4 instead.',
} as const;
