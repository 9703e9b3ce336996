import { Hono } from 'hono';
import { createApi } from '../create-api.ts';
import { problemOf } from '../problems/problem-of.ts';
import { problemResponse } from '../problems/problem-response.ts';
import { routeNotFound } from '../problems/route-not-found.ts';
import type { ApiServices } from '../services.ts';
import { addMedia } from './add-media.ts';
import { addPages } from './add-pages.ts';
import { guardRequests, requireToken } from './request-guard.ts';

export interface ServerAppOptions {
  /** `http://127.0.0.1:8502` */
  readonly origin: string;
  readonly token: string;
  readonly mediaToken: string;
  /** A folder with a web page; null if there is none. */
  readonly pagesDirectory: string | null;
  readonly uploadOrigin: string;
}

/** The API with what a server on this machine adds: the guard, published files, and a web page. */
export function createServerApp(services: ApiServices, options: ServerAppOptions): Hono {
  const { origin, token, mediaToken, pagesDirectory, uploadOrigin } = options;
  const app = new Hono();
  app.use(guardRequests(origin));
  app.use('/v1/*', requireToken(token));
  addMedia(app, services, mediaToken);
  app.route('/', createApi(services));
  if (pagesDirectory !== null) addPages(app, pagesDirectory, uploadOrigin);
  app.notFound(routeNotFound);
  app.onError((error) => {
    const problem = problemOf(error);
    if (problem.status >= 500) services.logFailure(error);
    return problemResponse(problem);
  });
  return app;
}
