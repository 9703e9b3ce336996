import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { RouterProvider } from 'react-aria-components';
import { Route, Switch, useLocation } from 'wouter';
import { ApiProvider } from './api/api-context.tsx';
import { createQueryClient } from './api/query-client.ts';
import { Loading } from './design/loading.tsx';
import { JobPage } from './job/job-page.tsx';
import { JobsPage } from './jobs/jobs-page.tsx';
import { Layout } from './layout/layout.tsx';
import { NotFoundPage } from './layout/not-found-page.tsx';
import { TokenGate } from './session/token-gate.tsx';
import { StackPage } from './stack/stack-page.tsx';
import { UploadPage } from './upload/upload-page.tsx';

// The player is large, so it is loaded with the first film.
const FilmPage = lazy(() => import('./film/film-page.tsx').then(({ FilmPage }) => ({ default: FilmPage })));

export function App() {
  const [, navigate] = useLocation();
  const [queryClient] = useState(createQueryClient);
  return (
    <RouterProvider navigate={navigate}>
      <TokenGate>
        {(token) => (
          <ApiProvider token={token}>
            <QueryClientProvider client={queryClient}>
              <Layout>
                <Suspense fallback={<Loading />}>
                  <Switch>
                    <Route path="/">
                      <JobsPage />
                    </Route>
                    <Route path="/jobs/:jobId">{({ jobId }) => <JobPage jobId={jobId} />}</Route>
                    <Route path="/films/:jobId">{({ jobId }) => <FilmPage jobId={jobId} />}</Route>
                    <Route path="/upload">
                      <UploadPage />
                    </Route>
                    <Route path="/stack">
                      <StackPage />
                    </Route>
                    <Route>
                      <NotFoundPage />
                    </Route>
                  </Switch>
                </Suspense>
              </Layout>
            </QueryClientProvider>
          </ApiProvider>
        )}
      </TokenGate>
    </RouterProvider>
  );
}
